/** Mixtures of normal laws of equal spread in the plane, as the log densities that a bridge on a grid takes. */
import { exp, log } from '@brenier/elementary';
import {
  checkFiniteArray,
  checkLength,
  checkNumericArray,
  checkOptions,
  checkPositive,
  checkWeights,
} from '@brenier/errors';
import type { NumericArray } from '@brenier/errors';
import type { PlaneLogDensity } from './plane-ends.js';

/** Options of {@link planeMixture}. */
export interface PlaneMixtureOptions {
  /** The means, shape [count, 2]. */
  readonly means: NumericArray;
  /** Standard deviation of every mode along both axes, in units of x. */
  readonly sd: number;
  /** Weights of the modes, shape [count]; they need not sum to 1. Default: equal. */
  readonly weights?: NumericArray;
}

/** Terms of a sum below e^−40 of the largest are left out: 4e-18. */
const NEGLIGIBLE = 40;

/**
 * The log density of Σ wᵢ N(mᵢ, sd² I) in the plane; curves with noise are such mixtures with modes half a noise apart.
 *
 * @param options - means, spread and weights
 * @returns the normalised log density as a function of both coordinates; O(count) a call
 * @throws TypeError or RangeError where there is no mean, lengths do not fit, `sd` is not above 0, a number is not finite, a weight is
 *   negative, all are 0, or an option is unknown
 *
 * @example
 * One standard normal law at its centre, −log 2π.
 * ```ts
 * import { planeMixture } from '@brenier/bridges';
 *
 * planeMixture({ means: [0, 0], sd: 1 })(0, 0).toFixed(6); // => '-1.837877'
 * ```
 */
export function planeMixture(options: PlaneMixtureOptions): PlaneLogDensity {
  const given = checkOptions('options', options, ['means', 'sd', 'weights']);
  const means = Float64Array.from(checkFiniteArray('means', checkNumericArray('means', given.means)));
  const count = means.length / 2;
  if (!(count >= 1 && Number.isInteger(count))) {
    throw new RangeError(`"means" expected pairs of coordinates, at least one, got ${means.length} numbers`);
  }
  const sd = checkPositive('sd', given.sd);
  const weights = Float64Array.from(given.weights ?? new Float64Array(count).fill(1));
  checkWeights('weights', checkLength('weights', weights, count));
  const logWeights = weights.map(log);
  const constant = -log(weights.reduce((sum, each) => sum + each, 0) * 6.283185307179586 * sd * sd);
  const exponents = new Float64Array(count);
  return (x, y) => {
    let top = -Infinity;
    for (let i = 0; i < count; i++) {
      const [dx, dy] = [(x - means[2 * i]) / sd, (y - means[2 * i + 1]) / sd];
      exponents[i] = logWeights[i] - 0.5 * (dx * dx + dy * dy);
      top = Math.max(top, exponents[i]);
    }
    let sum = 0;
    for (let i = 0; i < count; i++) if (exponents[i] > top - NEGLIGIBLE) sum += exp(exponents[i] - top);
    return constant + top + log(sum);
  };
}
