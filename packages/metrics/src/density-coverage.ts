import { checkOptions } from '@brenier/errors';
import type { PointsInput } from '@brenier/ot-core';
import { visitDistances } from './distance-rows.js';
import { checkNeighbours, squaredNeighbourRadii } from './neighbour-radii.js';
import { readClouds } from './read-clouds.js';

/** Options of {@link densityCoverage}. */
export interface DensityCoverageOptions {
  /** Neighbours that make a ball, from 1 to one less than the points of the reference. Default 5. */
  readonly neighbours?: number;
  /** Coordinates per point; needed where points come as a flat array. */
  readonly dim?: number;
}

/** Density and coverage of samples. */
export interface DensityCoverageResult {
  /** How many balls of the reference a sample lies in, divided by k: about 1 for perfect samples, maybe above. */
  readonly density: number;
  /** The part of the reference whose ball has a sample in it, in [0, 1]. */
  readonly coverage: number;
}

/**
 * Density and coverage: precision and recall that outliers do not flatter.
 *
 * Balls are put around points of the reference only, as far as their k-th nearest neighbour there. For perfect samples
 * the expected density is 1, and the expected coverage 1 − (m − 1)⋯(m − k)/((n + m − 1)⋯(n + m − k)), about 1 − 2^−k for
 * n = m, in any dimension: the floor has a closed form.
 *
 * @param x - samples to judge, shape [n, dim]
 * @param y - the reference, shape [m, dim]
 * @param options - number of neighbours, dimension of flat arrays
 * @returns density and coverage; cost O((n + m) · m · dim), memory 4 MiB
 * @throws TypeError or RangeError where an argument is not valid, or the reference has no more than `neighbours` points
 *
 * @see Naeem, Oh, Uh, Choi and Yoo, Reliable fidelity and diversity metrics for generative models (2020), lemmas 1
 *   and 2
 *
 * @example
 * Both samples sit at one of the two clusters.
 * ```ts
 * import { densityCoverage } from '@brenier/metrics';
 *
 * const data = [[0], [1], [100], [101]];
 * const { density, coverage } = densityCoverage([[0.25], [0.75]], data, { neighbours: 1 });
 * density; // => 2
 * coverage; // => 0.5
 * ```
 */
export function densityCoverage(
  x: PointsInput,
  y: PointsInput,
  options?: DensityCoverageOptions,
): DensityCoverageResult {
  const given = checkOptions('options', options, ['neighbours', 'dim']);
  const [samples, reference] = readClouds(x, y, given.dim);
  const k = checkNeighbours(given.neighbours ?? 5, 'y', reference.count);
  const squaredRadii = squaredNeighbourRadii(reference, k);
  let hits = 0;
  let covered = 0;
  visitDistances(reference, samples, 2, (first, block) => {
    for (let start = 0; start < block.length; start += samples.count) {
      const radius = squaredRadii[first + start / samples.count];
      let inside = 0;
      for (let j = 0; j < samples.count; j++) if (block[start + j] <= radius) inside++;
      hits += inside;
      if (inside > 0) covered++;
    }
  });
  return { density: hits / (k * samples.count), coverage: covered / reference.count };
}
