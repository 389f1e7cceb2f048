/**
 * The exact field of flow matching from a round Gaussian to finitely many points, independently paired: the one that a network which
 * memorises its training set has learned.
 *
 * The law of X_t is a sum of Gaussians around αm + βy_j of variance α²s² + γ² (C. Scarvelis, H. Sáez de Ocáriz Borde, J. Solomon,
 * Closed-form diffusion models, TMLR 2025, section 3, for scores). Cost O(count · points · dim) an evaluation.
 */
import {
  checkFiniteArray,
  checkLength,
  checkNonNegative,
  checkNumericArray,
  checkOptions,
  type NumericArray,
} from '@brenier/errors';
import { asPointCloud, type PointCloudLike } from '@brenier/ot-core';
import type { Interpolant } from '../interpolant/interpolant.js';
import { linearInterpolant } from '../interpolant/linear-interpolant.js';
import type { ClosedFormField } from './field.js';
import { kernelSumField } from './kernel-sum.js';
import { checkMasses, keepRows } from './masses.js';
import { checkInterpolant, pathValuesAt } from './path-values.js';

/** Options of {@link gaussianToCloudField}. */
export interface GaussianToCloudFieldOptions {
  /** The mean of the source, shape [dim]; default 0. */
  readonly mean?: NumericArray;
  /** The standard deviation of every coordinate of the source, ≥ 0; default 1. */
  readonly sd?: number;
  /** Masses ≥ 0 of the points, which need not sum to 1; default: all equal. */
  readonly weights?: NumericArray;
  /** The path between the ends; default `linearInterpolant()`, without noise. */
  readonly interpolant?: Interpolant;
}

/**
 * The velocity E[dX_t/dt | X_t = x] from N(mean, sd² I) to a finite set, independently paired, with its score and log density.
 *
 * Without noise it grows like 1/(1 − t) and is not defined at t = 1, where the law is the finite set; one Euler step that ends there lands
 * on it.
 *
 * @param cloud - the points of the target, at least one of positive mass; copied
 * @param options - the source, the masses and the interpolant
 * @returns the field; evaluating it throws a RangeError at a time at which the law has no density
 * @throws TypeError or RangeError where `cloud` is not a point cloud of finite numbers, or an option is unknown or not valid
 *
 * @example
 * Every trajectory ends in a point of the target, whichever field of the data is nearest half way.
 * ```ts
 * import { gaussianToCloudField } from '@brenier/flows';
 * import { euler, integrate } from '@brenier/samplers';
 *
 * const field = gaussianToCloudField({ points: [-1, 2], count: 2, dim: 1 });
 * const { final } = integrate(field, [-2, -0.1, 1.5], { method: euler(), numSteps: 200 });
 * final.map((x) => Math.round(x * 1e9) / 1e9); // => [-1, -1, 2]
 * ```
 */
export function gaussianToCloudField(cloud: PointCloudLike, options?: GaussianToCloudFieldOptions): ClosedFormField {
  const { points, count, dim } = asPointCloud('cloud', cloud);
  const given = checkOptions('options', options, ['mean', 'sd', 'weights', 'interpolant']);
  const { mean = new Float64Array(dim), sd = 1, interpolant = linearInterpolant() } = given;
  const centre = checkFiniteArray('mean', checkLength('mean', checkNumericArray('mean', mean), dim));
  checkNonNegative('sd', sd);
  checkInterpolant('interpolant', interpolant);
  const { kept, shares } = checkMasses('weights', given.weights, count);
  const targets = keepRows(points, kept, dim);
  return kernelSumField({
    dim,
    weights: shares,
    moveTo(state, t) {
      const { alpha, beta, gamma, dAlpha, dBeta, noiseRate, isNoiseless } = pathValuesAt(interpolant, t);
      for (let at = 0; at < targets.length; at++) {
        const start = centre[at % dim];
        state.centres[at] = alpha * start + beta * targets[at];
        state.rates[at] = dAlpha * start + dBeta * targets[at];
      }
      state.variance = alpha * sd * (alpha * sd) + gamma * gamma;
      state.varianceRate = alpha * dAlpha * sd * sd + noiseRate;
      state.isNoiseless = isNoiseless && sd === 0;
    },
  });
}
