// What a sampler may ask of a field that can take many steps at once. `FixedWalk` of `@brenier/samplers` has this shape.
import { checkFiniteArray, checkLength, checkNumericArray, describeValue } from '@brenier/errors';

/** Steps of an explicit Runge–Kutta method through a field, with noise or without. */
export interface FieldWalk {
  /** Its coefficients in the notation of Butcher, s stages. */
  readonly tableau: {
    /** c, the time of each stage as a fraction of the step, shape [s]. */
    readonly nodes: readonly number[];
    /** a, row i holds the weights of the i stages before it. */
    readonly stages: readonly (readonly number[])[];
    /** b, the weight of each stage in the step, shape [s]. */
    readonly weights: readonly number[];
  };
  /** Times at the ends of the steps, shape [steps + 1], in order or in reverse order. */
  readonly times: Float64Array;
  /** What is added at the end of each step. Default: nothing. */
  readonly noise?: {
    /** Keys of `@brenier/random` streams, shape [steps, 4]: coordinate c of point i is number i·dim + c that `fillNormal` draws. */
    readonly keys: Uint32Array;
    /** The standard deviation in each step, shape [steps]. */
    readonly spreads: Float64Array;
    /** The multiple of it that is added to the argument of each stage, shape [s]. */
    readonly nodes: readonly number[];
  };
}

/** Checks the shape of a walk; cost O(steps). Returns the number of steps. */
export function checkFieldWalk({ tableau, times, noise }: FieldWalk): number {
  if (!(times instanceof Float64Array)) {
    throw new TypeError(`"walk.times" expected a Float64Array, got ${describeValue(times)}`);
  }
  if (times.length === 0) throw new RangeError('"walk.times" expected at least one time, got none');
  checkFiniteArray('walk.times', times);
  const { nodes, stages, weights } = tableau;
  const count = checkNumericArray('walk.tableau.nodes', nodes).length;
  checkLength('walk.tableau.weights', weights, count);
  checkLength('walk.tableau.stages', stages, count).forEach((row, i) => {
    checkLength(`walk.tableau.stages[${i}]`, row, i);
  });
  const steps = times.length - 1;
  if (noise === undefined) return steps;
  if (!(noise?.keys instanceof Uint32Array)) {
    throw new TypeError(`"walk.noise.keys" expected a Uint32Array, got ${describeValue(noise?.keys)}`);
  }
  checkLength('walk.noise.keys', noise.keys, 4 * steps);
  checkLength('walk.noise.spreads', checkFiniteArray('walk.noise.spreads', noise.spreads), steps);
  checkLength('walk.noise.nodes', noise.nodes, count);
  return steps;
}
