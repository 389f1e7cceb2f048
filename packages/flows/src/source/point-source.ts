import type { Rng } from '@brenier/random';

/**
 * A distribution that points are drawn from.
 *
 * @example
 * A source of the package's own kind: uniform numbers.
 * ```ts
 * import type { PointSource } from '@brenier/flows';
 * import { createRng, fillUniform } from '@brenier/random';
 *
 * const uniform: PointSource = { dim: 1, draw: (rng, count) => fillUniform(rng, new Float64Array(count)) };
 * uniform.draw(createRng(0), 3).length; // => 3
 * ```
 */
export interface PointSource {
  /** Coordinates per point. */
  readonly dim: number;
  /**
   * Draws points, independent of each other.
   *
   * @param rng - where the randomness comes from, all of it
   * @param count - how many points, at least 1
   * @returns the points, row-major, shape [count, dim]; the caller may change them
   */
  draw(rng: Rng, count: number): Float64Array;
}
