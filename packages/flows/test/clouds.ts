import { fillNormal, type Rng } from '@brenier/random';
import { generatorSource, type PointSource } from '../src/index.js';

/** A normal distribution with independent coordinates around `mean`, one entry per coordinate. */
export function normalSource(mean: readonly number[], sd = 1): PointSource {
  const dim = mean.length;
  const generate = (rng: Rng, count: number) => {
    const points = fillNormal(rng, new Float64Array(count * dim), { sd });
    return { points: points.map((x, j) => x + mean[j % dim]), count, dim };
  };
  return generatorSource(generate, { dim });
}

/** The mean squared distance of the pairs. */
export function meanSquaredDistance(x0: Float64Array, x1: Float64Array, dim: number): number {
  return x0.reduce((sum, x, j) => sum + (x - x1[j]) ** 2, 0) / (x0.length / dim);
}

/** The rows of a row-major array, sorted: what is left of a batch when its order does not matter. */
export function sortedRows(points: Float64Array, dim: number): number[][] {
  const rows = Array.from({ length: points.length / dim }, (_, i) => Array.from(points.slice(i * dim, (i + 1) * dim)));
  return rows.sort((a, b) => a.map((x, k) => x - b[k]).find((difference) => difference !== 0) ?? 0);
}

/** Always the same points of a line, in the same order, whatever the generator. */
export function fixedSource(points: readonly number[]): PointSource {
  return { dim: 1, draw: () => Float64Array.from(points) };
}
