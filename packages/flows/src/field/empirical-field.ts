/**
 * The exact minimiser of flow matching on finitely many pairs: the field that a network would learn from them, without a network.
 *
 * With noise around every pair the law of X_t is a sum of Gaussians, and v_t(x) is the mean of their velocities, each weighed by how
 * likely it passes at x (Lipman et al., Flow Matching for Generative Modeling, ICLR 2023, theorem 1, for a finite law; the
 * Nadaraya–Watson regression of velocities on positions). Cost O(count · pairs · dim) an evaluation: it fails by size, and it
 * generalises by the width of its noise alone.
 */
import {
  checkFiniteArray,
  checkInteger,
  checkLength,
  checkNumericArray,
  checkOptions,
  describeValue,
  type NumericArray,
} from '@brenier/errors';
import type { Interpolant } from '../interpolant/interpolant.js';
import type { ClosedFormField } from './field.js';
import { kernelSumField } from './kernel-sum.js';
import { checkMasses, keepRows } from './masses.js';
import { checkInterpolant, pathValuesAt } from './path-values.js';

/** Finitely many pairs, row i of `x0` with row i of `x1`: what a pairing draws, or all pairs of a coupling. */
export interface FinitePairs {
  /** Starts, row-major, shape [count, dim]. */
  readonly x0: NumericArray;
  /** Ends, row-major, shape [count, dim]. */
  readonly x1: NumericArray;
  /** Masses ≥ 0, shape [count]; they need not sum to 1. Default: all equal. */
  readonly weights?: NumericArray;
  /** Classes, shape [count], which pairings draw with their pairs; not looked at: the field is that of all. */
  readonly label?: NumericArray;
}

/** Options of {@link empiricalField}. */
export interface EmpiricalFieldOptions {
  /** Coordinates per point. */
  readonly dim: number;
  /** The path between the ends; its γ(t) is the width of the kernel around every pair. */
  readonly interpolant: Interpolant;
}

/**
 * The velocity E[dX_t/dt | X_t = x] of finitely many pairs, with its score and log density, in the log domain.
 *
 * Without noise, γ = γ' = 0, the velocity is the limit of little noise: that of the pairs whose point is nearest to x, averaged where
 * several are equally near. Score, log density and Jacobian products throw there, for they ask for a density. Where γ vanishes at one
 * time only, as at the ends of a Brownian bridge, the velocity throws too.
 *
 * @param pairs - at least one pair of positive mass; copied
 * @param options - the dimension and the interpolant
 * @returns the field
 * @throws TypeError or RangeError where shapes differ, an entry is not finite, a mass is negative, or a field or
 *   an option is missing or unknown
 *
 * @example
 * Two pairs that cross at 0, half way: there the field stands still, off it the nearer pair prevails.
 * ```ts
 * import { empiricalField, linearInterpolant } from '@brenier/flows';
 *
 * const pairs = { x0: [-1, 1], x1: [1, -1] };
 * const field = empiricalField(pairs, { dim: 1, interpolant: linearInterpolant({ sigma: 0.1 }) });
 * const v = new Float64Array(1);
 * field.evaluate(new Float64Array([0]), 0.5, v);
 * v[0]; // => 0
 * field.evaluate(new Float64Array([-0.5]), 0.25, v);
 * v[0]; // => 2
 * ```
 */
export function empiricalField(pairs: FinitePairs, options: EmpiricalFieldOptions): ClosedFormField {
  const given = checkOptions('options', options, ['dim', 'interpolant']);
  const dim = checkInteger('dim', given.dim, 1);
  const interpolant = checkInterpolant('interpolant', given.interpolant);
  const { x0, x1, weights } = checkPairs(pairs, dim);
  return kernelSumField({
    dim,
    weights,
    moveTo(state, t) {
      const { alpha, beta, gamma, dAlpha, dBeta, noiseRate, isNoiseless } = pathValuesAt(interpolant, t);
      for (let i = 0; i < x0.length; i++) {
        state.centres[i] = alpha * x0[i] + beta * x1[i];
        state.rates[i] = dAlpha * x0[i] + dBeta * x1[i];
      }
      state.variance = gamma * gamma;
      state.varianceRate = noiseRate;
      state.isNoiseless = isNoiseless;
    },
  });
}

/** Checked copies, without the pairs of mass 0, and with masses of sum 1. */
function checkPairs(pairs: FinitePairs, dim: number): { x0: Float64Array; x1: Float64Array; weights: Float64Array } {
  if (typeof pairs !== 'object' || pairs === null) {
    throw new TypeError(`"pairs" expected { x0, x1 }, got ${describeValue(pairs)}`);
  }
  checkOptions('pairs', pairs, ['x0', 'x1', 'weights', 'label']);
  const x0 = checkFiniteArray('pairs.x0', checkNumericArray('pairs.x0', pairs.x0));
  if (x0.length === 0 || x0.length % dim !== 0) {
    throw new RangeError(`"pairs.x0" expected at least one row of ${dim} coordinates, got length ${x0.length}`);
  }
  const x1 = checkFiniteArray('pairs.x1', checkLength('pairs.x1', checkNumericArray('pairs.x1', pairs.x1), x0.length));
  const { kept, shares } = checkMasses('pairs.weights', pairs.weights, x0.length / dim);
  return { x0: keepRows(x0, kept, dim), x1: keepRows(x1, kept, dim), weights: shares };
}
