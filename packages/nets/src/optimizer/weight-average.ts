// The exponential moving average of the parameters (EMA), free of its starting point.

/**
 * The average aₖ = Σⱼ dᵏ⁻ʲ pⱼ / Σⱼ dᵏ⁻ʲ over the parameters after updates 1 … k, d the decay. It is kept as the sum times 1 − d,
 * which starts at zero, and divided by 1 − dᵏ when read: the correction of Adam, eq. 3 there. The parameters before the first
 * update have no part in it.
 */
export interface WeightAverage {
  /** Number of parameter vectors taken in. */
  count: number;
  /** 1 − dᵏ, kept as a number since it is a running product. */
  mass: number;
  /** The average times `mass`. */
  readonly sums: Float32Array;
}

/** An average of nothing yet. */
export function createWeightAverage(parameterCount: number): WeightAverage {
  return { count: 0, mass: 0, sums: new Float32Array(parameterCount) };
}

/** Takes in the parameters after an update. */
export function addToWeightAverage(average: WeightAverage, decay: number, parameters: Float32Array): void {
  const { sums } = average;
  average.count++;
  average.mass = addMass(average.mass, decay);
  for (let i = 0; i < sums.length; i++) sums[i] = decay * sums[i] + (1 - decay) * parameters[i];
}

/** The mass after one vector more. */
export function addMass(mass: number, decay: number): number {
  return decay * mass + (1 - decay);
}

/** The average; a copy of `parameters` while nothing was taken in. */
export function readWeightAverage(average: WeightAverage, parameters: Float32Array): Float32Array {
  return average.count === 0 ? parameters.slice() : average.sums.map((sum) => sum / average.mass);
}
