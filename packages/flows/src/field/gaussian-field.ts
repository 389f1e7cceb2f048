/**
 * The exact field of flow matching between two Gaussians, whatever their coupling.
 *
 * For X_t = αX₀ + βX₁ + γε the pair (dX_t/dt, X_t) is Gaussian, so the conditional mean is affine:
 * v_t(x) = m'_t + Cov(dX_t/dt, X_t) Σ_t⁻¹ (x − m_t). For the linear interpolant this is
 * (((1−t)Σ₁₀ + tΣ₁) Σ_t⁻¹ − I)(x − m_t)/(1−t) + m₁ − m₀, a form that divides by 0 at the end; it is not computed so. Cost of an
 * evaluation: O(dim³), then O(dim²) a point.
 */
import { checkOptions } from '@brenier/errors';
import type { Gaussian } from '@brenier/ot-core';
import type { Interpolant } from '../interpolant/interpolant.js';
import { linearInterpolant } from '../interpolant/linear-interpolant.js';
import type { ClosedFormField } from './field.js';
import type { GaussianFieldOptions } from './gaussian-mixture-field.js';
import { checkJointGaussian, checkJointKeys, type GaussianEnds, type JointGaussian } from './joint-gaussian.js';
import { mixtureFields } from './mixture-fields.js';
import { createMixtureLaw } from './mixture-law.js';
import { checkInterpolant, pathValuesAt } from './path-values.js';

/** The field of a Gaussian pair. */
export interface GaussianField extends ClosedFormField {
  /**
   * The law of X_t, which is Gaussian; at any time, also where it lies in a point.
   *
   * @param t - the time, in [0, 1]
   * @returns fresh arrays
   */
  marginal(t: number): Gaussian;
}

/**
 * The velocity E[dX_t/dt | X_t = x] between jointly Gaussian ends, with its score, its log density and the law of X_t.
 *
 * The velocity is affine in x, with the Jacobian that `jacobianProduct` applies. Where an end is a point, the field is defined until
 * that end and not at it; noise in the interpolant makes it defined there too.
 *
 * @param joint - the joint law of the ends
 * @param options - the interpolant
 * @returns the field; evaluating it throws a RangeError at a time at which X_t lies in a point or a plane
 * @throws TypeError or RangeError where a shape is wrong, an entry is not finite, a covariance is not symmetric and positive
 *   semidefinite, the cross-covariance is one that such ends cannot have, or an option is unknown
 *
 * @example
 * From N(0, 1) to N(3, 4), independent: followed from 0 to 1, the field is the optimal map x ↦ 3 + 2x.
 * ```ts
 * import { gaussianField } from '@brenier/flows';
 * import { integrate, rk4 } from '@brenier/samplers';
 *
 * const field = gaussianField({ mean0: [0], mean1: [3], covariance0: 1, covariance1: 4 });
 * field.marginal(0.5).covariance; // => [1.25]
 * const { final } = integrate(field, [-1, 0, 1], { method: rk4(), numSteps: 50 });
 * final.map((x) => Math.round(x * 1e4) / 1e4); // => [1, 3, 5]
 * ```
 */
export function gaussianField(joint: JointGaussian, options?: GaussianFieldOptions): GaussianField {
  const { interpolant = linearInterpolant() } = checkOptions('options', options, ['interpolant']);
  checkInterpolant('interpolant', interpolant);
  const ends = checkJointGaussian('', checkJointKeys('joint', joint, []));
  return {
    ...mixtureFields(createMixtureLaw([{ share: 1, ends }], interpolant)),
    marginal: (t) => marginalAt(ends, interpolant, t),
  };
}

function marginalAt(
  { dim, mean0, mean1, covariance: joint }: GaussianEnds,
  interpolant: Interpolant,
  t: number,
): Gaussian {
  const { alpha, beta, gamma } = pathValuesAt(interpolant, t);
  const covariance = new Float64Array(dim * dim);
  for (let i = 0; i < dim; i++) {
    for (let j = 0; j < dim; j++) {
      const crossed = joint[2 * dim * i + dim + j] + joint[2 * dim * j + dim + i];
      const [start, end] = [joint[2 * dim * i + j], joint[2 * dim * (dim + i) + dim + j]];
      covariance[i * dim + j] =
        alpha * alpha * start + alpha * beta * crossed + beta * beta * end + (i === j ? gamma * gamma : 0);
    }
  }
  return { mean: mean0.map((start, i) => alpha * start + beta * mean1[i]), covariance, dim };
}
