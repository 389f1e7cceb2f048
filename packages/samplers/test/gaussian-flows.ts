import type { ArrayField } from '../src/index.js';

/** Weights, centres and common standard deviation of a mixture of round Gaussians. */
export interface Mixture {
  readonly weights: readonly number[];
  readonly centres: readonly (readonly number[])[];
  readonly sd: number;
}

/**
 * The velocity of the linear interpolant from N(0, I) to a mixture, independently paired: with σ_t² = (1−t)² + t²sd² the law at time
 * t is the mixture of N(t m_k, σ_t² I), and v(x, t) = Σ r_k(x) (m_k + (σ̇_t/σ_t)(x − t m_k)), r_k the posterior weight of k
 * (Lipman et al. 2023, theorem 3, averaged over the components).
 */
export function mixtureFlow({ weights, centres, sd }: Mixture): ArrayField {
  const dim = centres[0].length;
  const posterior = new Float64Array(weights.length);
  return {
    dim,
    evaluate(x, t, out) {
      const variance = (1 - t) ** 2 + (t * sd) ** 2;
      const rate = (t - 1 + t * sd * sd) / variance;
      for (let i = 0; i < x.length; i += dim) {
        for (let j = i; j < i + dim; j++) out[j] = rate * x[j];
        let total = 0;
        for (let k = 0; k < weights.length; k++)
          total += posterior[k] = weights[k] * gaussian(x, i, centres[k], t, variance);
        for (let k = 0; k < weights.length; k++) {
          const share = (posterior[k] / total) * (1 - rate * t);
          for (let j = 0; j < dim; j++) out[i + j] += share * centres[k][j];
        }
      }
    },
  };
}

/** The log density of the mixture at every point. */
export function mixtureLogDensity({ weights, centres, sd }: Mixture, points: ArrayLike<number>): number[] {
  const dim = centres[0].length;
  const normalisation = (2 * Math.PI * sd * sd) ** (-dim / 2);
  return Array.from({ length: points.length / dim }, (_, i) => {
    const density = centres.reduce((sum, m, k) => sum + weights[k] * gaussian(points, i * dim, m, 1, sd * sd), 0);
    return Math.log(normalisation * density);
  });
}

function gaussian(x: ArrayLike<number>, first: number, m: readonly number[], t: number, variance: number): number {
  let square = 0;
  for (let j = 0; j < m.length; j++) square += (x[first + j] - t * m[j]) ** 2;
  return Math.exp(-square / (2 * variance));
}
