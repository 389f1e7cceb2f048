import type { NumericArray } from '@brenier/errors';
import { checkPath } from './check-path.js';
import type { PathEnergyOptions } from './path-energy.js';

/** A number for each of some trajectories. */
export interface TrajectoryStatistic {
  /** The mean over the trajectories. */
  readonly mean: number;
  /** The value of each trajectory, shape [count]. */
  readonly values: Float64Array;
}

/**
 * The straightness of trajectories, ∫ ‖(x_T − x_0)/T − v‖² dt: how far the velocity is from the constant one that would
 * arrive at the same point at the same time. 0 for straight lines at constant speed, which one Euler step follows.
 *
 * Of polygons, exactly: Σ Δt ‖(x_T − x_0)/T − Δx/Δt‖². It is the energy of the polygon less that of its chord,
 * ‖x_T − x_0‖²/T, but formed from differences, so that nothing cancels.
 *
 * @param times - strictly monotone times, at least two
 * @param states - one batch per time, row-major, each of shape [count, dim]
 * @param options - the dimension
 * @returns the mean and each value, in units of x² per unit of time; cost O(times · count · dim)
 * @throws TypeError or RangeError where times are not monotone, or batches differ in length or hold numbers that are not
 *   finite
 *
 * @see Liu, Gong and Liu, Flow straight and fast: learning to generate and transfer data with rectified flow (2022)
 *
 * @example
 * Nothing in the first half, all of the way in the second.
 * ```ts
 * import { trajectoryStraightness } from '@brenier/metrics';
 *
 * trajectoryStraightness([0, 0.5, 1], [[0], [0], [1]], { dim: 1 }).mean; // => 1
 * trajectoryStraightness([0, 0.5, 1], [[0], [0.5], [1]], { dim: 1 }).mean; // => 0
 * ```
 */
export function trajectoryStraightness(
  times: NumericArray,
  states: readonly NumericArray[],
  options: PathEnergyOptions,
): TrajectoryStatistic {
  const count = checkPath(times, 'states', states, options);
  const { dim } = options;
  const [start, end] = [states[0], states[states.length - 1]];
  const total = times[times.length - 1] - times[0];
  const values = new Float64Array(count);
  for (let k = 1; k < times.length; k++) {
    const elapsed = times[k] - times[k - 1];
    for (let at = 0; at < start.length; at++) {
      const missing = (end[at] - start[at]) / total - (states[k][at] - states[k - 1][at]) / elapsed;
      values[Math.floor(at / dim)] += Math.abs(elapsed) * missing * missing;
    }
  }
  return { mean: values.reduce((sum, value) => sum + value, 0) / count, values };
}
