/** The law of both ends together, of twice the dimension. */
import type { Gaussian } from '@brenier/ot-core';
import type { GaussianCoupling } from './gaussian-process.js';

/** Mean and covariance of (X₀, X₁). */
export function jointLaw({ source, target, crossCovariance }: GaussianCoupling): Gaussian {
  const { dim } = source;
  const mean = Float64Array.of(...source.mean, ...target.mean);
  const covariance = new Float64Array(4 * dim * dim);
  for (let i = 0; i < dim; i++) {
    for (let j = 0; j < dim; j++) {
      covariance[i * 2 * dim + j] = source.covariance[i * dim + j];
      covariance[(dim + i) * 2 * dim + dim + j] = target.covariance[i * dim + j];
      covariance[i * 2 * dim + dim + j] = crossCovariance[i * dim + j];
      covariance[(dim + j) * 2 * dim + i] = crossCovariance[i * dim + j];
    }
  }
  return { mean, covariance, dim: 2 * dim };
}
