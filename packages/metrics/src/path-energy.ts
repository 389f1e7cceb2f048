/**
 * Path energies: how much kinetic energy a flow spends on the way from source to target.
 *
 * J.-D. Benamou, Y. Brenier, A computational fluid mechanics solution to the Monge–Kantorovich mass transfer problem,
 * Numer. Math. 84 (2000): the least energy E∫‖v‖²dt of all flows between two distributions is W2², attained by the
 * displacement interpolation. Here from samples: exactly for polygons, by quadrature for velocities.
 */
import type { NumericArray } from '@brenier/errors';
import { checkPath } from './check-path.js';

/** Options of {@link trajectoryEnergy} and {@link velocityEnergy}. */
export interface PathEnergyOptions {
  /** Coordinates per point. */
  readonly dim: number;
}

/**
 * The energy of the polygons through the states of a trajectory: the mean over points of
 * Σ ‖x_{k+1} − x_k‖² / |t_{k+1} − t_k|.
 *
 * For the states of Euler's method this is the left Riemann sum of E‖v(x_t, t)‖², which is what the public code of the
 * OT-CFM authors integrates, with its bias of O(h). For states that lie on the exact curves it never exceeds the energy of
 * the curves, and falls short by O(h²). In both cases it is at least W2² between the first and the last states over the
 * time between them.
 *
 * @param times - strictly monotone times, at least two
 * @param states - one batch per time, row-major, each of shape [count, dim]: point i of one batch is point i of the
 *   next
 * @param options - the dimension
 * @returns the energy, in units of x² per unit of time; cost O(times · count · dim)
 * @throws TypeError or RangeError where times are not monotone, or batches differ in length or hold numbers that are
 *   not finite
 *
 * @example
 * Two points that move by 3 and by 4 in one unit of time, at constant speed.
 * ```ts
 * import { trajectoryEnergy } from '@brenier/metrics';
 *
 * trajectoryEnergy([0, 0.5, 1], [[0, 0], [1.5, 2], [3, 4]], { dim: 1 }); // => 12.5
 * ```
 */
export function trajectoryEnergy(
  times: NumericArray,
  states: readonly NumericArray[],
  options: PathEnergyOptions,
): number {
  const count = checkPath(times, 'states', states, options);
  let energy = 0;
  for (let k = 1; k < times.length; k++) {
    energy += squaredDistance(states[k - 1], states[k]) / Math.abs(times[k] - times[k - 1]);
  }
  return energy / count;
}

/**
 * The energy E∫‖v‖²dt by the trapezoidal rule, from the velocities at the states of a trajectory.
 *
 * The quadrature error is O(h²), of either sign; the velocities must be taken where the points are, so an error of the
 * integrator enters too. Beside {@link trajectoryEnergy} it tells whether the steps were fine enough: both have one
 * limit.
 *
 * @param times - strictly monotone times, at least two
 * @param velocities - one batch per time, row-major, each of shape [count, dim]
 * @param options - the dimension
 * @returns the energy, in units of x² per unit of time; cost O(times · count · dim)
 * @throws TypeError or RangeError where times are not monotone, or batches differ in length or hold numbers that are
 *   not finite
 *
 * @example
 * A speed that grows from 0 to 1: the integral of t² is 1/3, and the trapezoidal rule with two steps gives 3/8.
 * ```ts
 * import { velocityEnergy } from '@brenier/metrics';
 *
 * velocityEnergy([0, 0.5, 1], [[0], [0.5], [1]], { dim: 1 }); // => 0.375
 * ```
 */
export function velocityEnergy(
  times: NumericArray,
  velocities: readonly NumericArray[],
  options: PathEnergyOptions,
): number {
  const count = checkPath(times, 'velocities', velocities, options);
  let energy = 0;
  let previous = squaredNorm(velocities[0]);
  for (let k = 1; k < times.length; k++) {
    const present = squaredNorm(velocities[k]);
    energy += (Math.abs(times[k] - times[k - 1]) * (previous + present)) / 2;
    previous = present;
  }
  return energy / count;
}

function squaredDistance(x: NumericArray, y: NumericArray): number {
  let sum = 0;
  for (let j = 0; j < x.length; j++) sum += (y[j] - x[j]) * (y[j] - x[j]);
  return sum;
}

function squaredNorm(v: NumericArray): number {
  let sum = 0;
  for (let j = 0; j < v.length; j++) sum += v[j] * v[j];
  return sum;
}
