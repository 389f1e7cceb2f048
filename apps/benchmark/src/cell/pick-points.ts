/** A part of a cloud, picked at random without replacement: generators order and balance their points. */
import type { PointCloud } from '@brenier/datasets';
import { permutation, type Rng } from '@brenier/random';

/** Picks `count` points of a cloud, which has at least as many. */
export function pickPoints(rng: Rng, { points, count: all, dim }: PointCloud, count: number): PointCloud {
  const picked = permutation(rng, all).subarray(0, count);
  return {
    points: Float64Array.from({ length: count * dim }, (_, k) => points[picked[Math.floor(k / dim)] * dim + (k % dim)]),
    count,
    dim,
  };
}
