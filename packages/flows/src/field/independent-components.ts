/** The independent coupling of two Gaussian mixtures, as a mixture of joint Gaussians. */
import { checkNonNegative, checkOptions, describeValue, type NumericArray } from '@brenier/errors';
import type { JointComponent } from './gaussian-mixture-field.js';

/** One Gaussian of a mixture. */
export interface GaussianComponent {
  /** Its mass, ≥ 0; the masses of a mixture need not sum to 1. */
  readonly weight: number;
  /** Its mean, shape [dim]. */
  readonly mean: NumericArray;
  /** Its covariance, row-major, shape [dim, dim]; a number is a multiple of the identity, 0 a point. */
  readonly covariance: NumericArray | number;
}

/**
 * All pairs of a component of the source and one of the target: the mixture that {@link gaussianMixtureField} takes when both ends are
 * mixtures that know nothing of each other.
 *
 * @param source - the Gaussians of X₀
 * @param target - the Gaussians of X₁
 * @returns their products, `source.length * target.length` of them, the target's index running fastest
 * @throws TypeError or RangeError where a mixture is no array, a weight is negative or not finite, or a component has an unknown field
 *
 * @example
 * One Gaussian and two points make two components, each of half the mass.
 * ```ts
 * import { independentComponents } from '@brenier/flows';
 *
 * const noise = [{ weight: 1, mean: [0], covariance: 1 }];
 * const points = [-1, 1].map((at) => ({ weight: 0.5, mean: [at], covariance: 0 }));
 * const components = independentComponents(noise, points);
 * components.map(({ weight, mean1 }) => [weight, mean1[0]]); // => [[0.5, -1], [0.5, 1]]
 * ```
 */
export function independentComponents(
  source: readonly GaussianComponent[],
  target: readonly GaussianComponent[],
): JointComponent[] {
  checkMixture('target', target);
  return checkMixture('source', source).flatMap((start) =>
    target.map((end) => ({
      weight: start.weight * end.weight,
      mean0: start.mean,
      mean1: end.mean,
      covariance0: start.covariance,
      covariance1: end.covariance,
    })),
  );
}

function checkMixture(name: string, mixture: readonly GaussianComponent[]): readonly GaussianComponent[] {
  if (!Array.isArray(mixture)) throw new TypeError(`"${name}" expected an array, got ${describeValue(mixture)}`);
  mixture.forEach((component: GaussianComponent, k) => {
    checkOptions(`${name}[${k}]`, component, ['weight', 'mean', 'covariance']);
    checkNonNegative(`${name}[${k}].weight`, component?.weight);
  });
  return mixture;
}
