import type { NumericArray } from '@brenier/errors';
import { checkPath } from './check-path.js';
import type { PathEnergyOptions } from './path-energy.js';
import type { TrajectoryStatistic } from './trajectory-straightness.js';

/**
 * The total curvature of trajectories, ∫ κ ds: the length of the way that the direction of motion travels on the unit
 * sphere, in radians. 0 for straight lines at any speed, 2π for a closed circle, π for a turn back.
 *
 * Of polygons, by chords: Σ ‖u_{k+1} − u_k‖ over the directions u of their segments. That is 2 sin(θ/2) for a turn by θ,
 * which falls short of a smooth curve by O(h²), and counts 2 instead of π for a turn back in one corner. Segments of
 * length 0 have no direction and are skipped. Times do not matter; {@link trajectoryStraightness} sees the speed too.
 *
 * @param times - strictly monotone times, at least two
 * @param states - one batch per time, row-major, each of shape [count, dim]
 * @param options - the dimension
 * @returns the mean and each value, in radians; cost O(times · count · dim)
 * @throws TypeError or RangeError where times are not monotone, or batches differ in length or hold numbers that are not
 *   finite
 *
 * @see Milnor, On the total curvature of knots (1950)
 *
 * @example
 * One right angle: 2 sin(π/4).
 * ```ts
 * import { trajectoryCurvature } from '@brenier/metrics';
 *
 * const { mean } = trajectoryCurvature([0, 0.5, 1], [[0, 0], [1, 0], [1, 1]], { dim: 2 });
 * mean; // => Math.SQRT2
 * ```
 */
export function trajectoryCurvature(
  times: NumericArray,
  states: readonly NumericArray[],
  options: PathEnergyOptions,
): TrajectoryStatistic {
  const count = checkPath(times, 'states', states, options);
  const values = Float64Array.from({ length: count }, (_, i) => turningOf(states, i, options.dim));
  return { mean: values.reduce((sum, value) => sum + value, 0) / count, values };
}

function turningOf(states: readonly NumericArray[], i: number, dim: number): number {
  let previous: Float64Array | undefined;
  let turning = 0;
  for (let k = 1; k < states.length; k++) {
    const direction = directionOf(states[k - 1], states[k], i * dim, dim);
    if (direction === undefined) continue;
    if (previous !== undefined) {
      let square = 0;
      for (let c = 0; c < dim; c++) square += (direction[c] - previous[c]) * (direction[c] - previous[c]);
      turning += Math.sqrt(square);
    }
    previous = direction;
  }
  return turning;
}

function directionOf(from: NumericArray, to: NumericArray, start: number, dim: number): Float64Array | undefined {
  const direction = Float64Array.from({ length: dim }, (_, c) => to[start + c] - from[start + c]);
  const largest = direction.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  if (largest === 0) return undefined;
  // Scaled first, so that the square of a tiny step does not vanish.
  for (let c = 0; c < dim; c++) direction[c] /= largest;
  const length = Math.sqrt(direction.reduce((sum, each) => sum + each * each, 0));
  return direction.map((each) => each / length);
}
