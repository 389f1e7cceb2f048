/**
 * The static Schrödinger bridge between normal distributions. With S = Σ₀^½ and M = SΣ₁S, the covariance of the ends is
 * C = S·h(M)·S⁻¹ with h(λ) = (√(4λ + s²) − s)/2. It is computed as S·k(M)·S·Σ₁ with k(λ) = 2/(√(4λ + s²) + s), where nothing cancels or is
 * divided by an end.
 */
import { log } from '@brenier/elementary';
import { spectralFunction, symmetricEigen, symmetricSquareRoot } from '@brenier/ot-core';
import type { Gaussian } from '@brenier/ot-core';
import type { Reference } from '../../reference/reference.js';
import type { ChainedLaw } from './chained-law.js';
import { combine, product, symmetrized } from './square-matrix.js';

/** Cov(X₀, X₁) of the bridge. */
export function bridgeCrossCovariance(source: Gaussian, target: Gaussian, reference: Reference): Float64Array {
  const { dim } = source;
  const s = effectiveNoise(reference);
  const root = symmetricSquareRoot(source.covariance, dim);
  const middle = symmetrized(product(product(root, target.covariance, dim), root, dim), dim);
  const inverse = spectralFunction(middle, dim, (value) => 2 / (Math.sqrt(4 * Math.max(value, 0) + s * s) + s));
  return product(product(root, inverse, dim), product(root, target.covariance, dim), dim);
}

/** The bridge as a chain: with H = S⁻¹h(M)S⁻¹, X₁ has the slope H on X₀, and the covariance sH given X₀. */
export function bridgeLaw(source: Gaussian, target: Gaussian, reference: Reference): ChainedLaw {
  const { dim } = source;
  const s = effectiveNoise(reference);
  const root = symmetricSquareRoot(source.covariance, dim);
  const inverse = spectralFunction(source.covariance, dim, (value) => 1 / Math.sqrt(value));
  const middle = symmetrized(product(product(root, target.covariance, dim), root, dim), dim);
  const scaled = spectralFunction(middle, dim, (value) => conditionalVariance(value, s));
  const residual = symmetrized(product(product(inverse, scaled, dim), inverse, dim), dim);
  return { start: source, endMean: target.mean, slope: residual.map((each) => each / s), residual };
}

/** s·h(λ), also where s is infinite. */
function conditionalVariance(value: number, s: number): number {
  return (2 * value) / (1 + Math.sqrt(1 + ((4 / s) * value) / s));
}

/** KL(bridge ‖ reference started from the source), in nats. */
export function bridgeKl(
  source: Gaussian,
  target: Gaussian,
  reference: Reference,
  crossCovariance: Float64Array,
): number {
  const { dim } = source;
  const { factor, variance } = reference.transition(0, 1);
  const s = effectiveNoise(reference);
  const root = symmetricSquareRoot(source.covariance, dim);
  const middle = symmetrized(product(product(root, target.covariance, dim), root, dim), dim);
  // log det Cov(X₁ | X₀) = Σ log s·h(λ) − log det Σ₀.
  let logDet = 0;
  for (const value of symmetricEigen(middle, dim).values) {
    logDet += log(conditionalVariance(value, s));
  }
  for (const value of symmetricEigen(source.covariance, dim).values) logDet -= log(value);
  const residual = combine(
    [
      [1, target.covariance],
      [factor * factor, source.covariance],
      [-2 * factor, symmetrized(crossCovariance, dim)],
    ],
    0,
    dim,
  );
  let square = 0;
  for (let i = 0; i < dim; i++) square += residual[i * dim + i] + (target.mean[i] - factor * source.mean[i]) ** 2;
  return 0.5 * (square / variance - dim - logDet + dim * log(variance));
}

/** s = variance/factor of the transition, σ² for Brownian motion; Infinity where the reference forgets its start. */
export function effectiveNoise(reference: Reference): number {
  const { factor, variance } = reference.transition(0, 1);
  return variance / factor;
}
