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
  /**
   * Writes what is added at the end of step k to the points from `first` on, as many as `out` has room for, row-major. It is asked
   * for one range of points after the other, and within a range for one step after the other. Default: nothing is added.
   */
  readonly noise?: (k: number, first: number, out: Float64Array) => void;
  /** The multiple of it that is added to the argument of each stage, shape [s]. Default: zeros. */
  readonly noiseNodes?: readonly number[];
}

/** Checks the shape of a walk; cost O(steps). Returns the number of steps. */
export function checkFieldWalk({ tableau, times, noise, noiseNodes }: FieldWalk): number {
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
  if (noise !== undefined && typeof noise !== 'function') {
    throw new TypeError(`"walk.noise" expected a function, got ${describeValue(noise)}`);
  }
  if (noiseNodes !== undefined) checkLength('walk.noiseNodes', noiseNodes, count);
  return times.length - 1;
}
