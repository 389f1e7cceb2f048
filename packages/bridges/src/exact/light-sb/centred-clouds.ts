/**
 * Clouds less their means. The plan given x has the means rₖ + Sₖx: far from 0 all of rₖ depends on Sₖ, and a descent along both is slow. With
 * x = x̄ + x̃ and y = ȳ + ỹ, exp(x·y/ε) v(y) is exp(x̃·ỹ/ε) ṽ(ỹ) up to a factor of x where v(ȳ + ỹ) = exp(−x̄·(ȳ + ỹ)/ε) ṽ(ỹ): a mixture again, with
 * the same Sₖ, rₖ = ȳ + r̃ₖ − Sₖx̄ and log αₖ = log α̃ₖ − x̄·(ȳ + r̃ₖ)/ε + x̄ᵀSₖx̄/(2ε). This holds for every reference, whose ε alone enters.
 */
import type { PointCloud } from '@brenier/ot-core';

/** A cloud of mean 0, and what was its mean. */
export interface CentredCloud extends PointCloud {
  /** Shape [dim]. */
  readonly mean: Float64Array;
}

/** The cloud less its mean. */
export function centred({ points, count, dim }: PointCloud): CentredCloud {
  const mean = new Float64Array(dim);
  for (let i = 0; i < points.length; i++) mean[i % dim] += points[i] / count;
  return { points: points.map((each, i) => each - mean[i % dim]), count, dim, mean };
}

/** One component of a mixture: log αₖ, rₖ and Lₖ. */
export interface MixtureComponent {
  readonly logWeight: number;
  readonly centre: Float64Array;
  readonly factor: Float64Array;
}

/** The component between the clouds as they were. */
export function uncentred(
  { logWeight, centre, factor }: MixtureComponent,
  x: Float64Array,
  y: Float64Array,
  epsilon: number,
): MixtureComponent {
  const dim = centre.length;
  const image = new Float64Array(dim);
  for (let i = 0; i < dim; i++) for (let j = 0; j <= i; j++) image[j] += factor[i * dim + j] * x[i];
  const moved = centre.map((each, i) => y[i] + each);
  let exponent = 0;
  for (let i = 0; i < dim; i++) {
    exponent += 0.5 * image[i] * image[i] - x[i] * moved[i];
    for (let j = 0; j <= i; j++) moved[i] -= factor[i * dim + j] * image[j];
  }
  return { logWeight: logWeight + exponent / epsilon, centre: moved, factor };
}
