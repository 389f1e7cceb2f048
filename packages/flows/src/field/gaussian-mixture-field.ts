/**
 * The exact field of flow matching between mixtures of Gaussians, coupled component by component.
 *
 * v_t(x) = Σ_k r_k(x) w_k(x), where w_k is the velocity of component k (see {@link gaussianField}) and r_k the posterior weight of
 * component k given X_t = x. Points are Gaussians of covariance 0, so finite targets are mixtures as well. Cost of an evaluation:
 * O(S·dim³) for S different covariances, then O(K·dim²) a point for K components.
 */
import { checkNonNegative, checkOptions, describeValue } from '@brenier/errors';
import { linearInterpolant } from '../interpolant/linear-interpolant.js';
import type { Interpolant } from '../interpolant/interpolant.js';
import type { ClosedFormField } from './field.js';
import { checkJointGaussian, checkJointKeys, type JointGaussian } from './joint-gaussian.js';
import { checkMasses } from './masses.js';
import { mixtureFields } from './mixture-fields.js';
import { createMixtureLaw, type WeightedEnds } from './mixture-law.js';
import { checkInterpolant } from './path-values.js';

/** One component of a mixture of joint Gaussians. */
export interface JointComponent extends JointGaussian {
  /** Its mass, ≥ 0; the masses of a mixture need not sum to 1. */
  readonly weight: number;
}

/** Options of {@link gaussianMixtureField} and {@link gaussianField}. */
export interface GaussianFieldOptions {
  /** The path between the ends; default `linearInterpolant()`, without noise. */
  readonly interpolant?: Interpolant;
}

/**
 * The velocity E[dX_t/dt | X_t = x] when the ends are drawn from a mixture of joint Gaussians, with its score and log density.
 *
 * It is defined at every time at which each component has a density: up to, but not at, the time 1 where a target is a point. To couple
 * two mixtures independently, make all pairs of components: {@link independentComponents}.
 *
 * @param components - at least one of positive weight; those of weight 0 are left out
 * @param options - the interpolant
 * @returns the field; evaluating it throws a RangeError at a time at which a component lies in a point or a plane
 * @throws TypeError or RangeError where a component has wrong shapes, entries that are not finite, a negative weight, or a covariance
 *   that no law has; the dimensions differ; or an option is unknown
 *
 * @example
 * A standard Gaussian to the two points ±1: half way at 0 the pull of both cancels, and near a point at the end it is that point's.
 * ```ts
 * import { gaussianMixtureField } from '@brenier/flows';
 *
 * const to = (end: number) => ({ weight: 0.5, mean0: [0], mean1: [end], covariance0: 1, covariance1: 0 });
 * const field = gaussianMixtureField([to(-1), to(1)]);
 * const v = new Float64Array(2);
 * field.evaluate(new Float64Array([0, 0.8]), 0.5, v);
 * v[0]; // => 0
 * field.evaluate(new Float64Array([0.9, 0.98]), 0.9, v);
 * v.map((each) => Math.round(each * 1e6) / 1e6); // => [1, 0.2]
 * ```
 */
export function gaussianMixtureField(
  components: readonly JointComponent[],
  options?: GaussianFieldOptions,
): ClosedFormField {
  const { interpolant = linearInterpolant() } = checkOptions('options', options, ['interpolant']);
  checkInterpolant('interpolant', interpolant);
  return mixtureFields(createMixtureLaw(checkComponents(components), interpolant));
}

function checkComponents(components: readonly JointComponent[]): WeightedEnds[] {
  if (!Array.isArray(components) || components.length === 0) {
    throw new TypeError(`"components" expected an array of at least one, got ${describeValue(components)}`);
  }
  const all = (components as readonly JointComponent[]).map((component, k) => {
    const ends = checkJointGaussian(`components[${k}].`, checkJointKeys(`components[${k}]`, component, ['weight']));
    checkNonNegative(`components[${k}].weight`, component.weight);
    return ends;
  });
  const { dim } = all[0];
  all.forEach((ends, k) => {
    if (ends.dim === dim) return;
    throw new RangeError(`"components[${k}].mean0" expected length ${dim}, as in the first component, got ${ends.dim}`);
  });
  const { kept, shares } = checkMasses(
    'components[…].weight',
    components.map(({ weight }) => weight),
    all.length,
  );
  return kept.map((k, i) => ({ ends: all[k], share: shares[i] }));
}
