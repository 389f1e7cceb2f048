import { checkFiniteArray, checkLength, checkNumericArray } from '@brenier/errors';
import type { Rng } from '@brenier/random';

/** A distribution that points are drawn from. The sources of `@brenier/flows` are of this shape. */
export interface PointSource {
  /** Coordinates per point. */
  readonly dim: number;
  /**
   * Draws points.
   *
   * @param rng - where the randomness comes from, all of it
   * @param count - how many points, at least 1
   * @returns the points, row-major, shape [count, dim]
   */
  draw(rng: Rng, count: number): Float64Array;
}

/** Draws and checks what came: a source may be anybody's code, and a NaN here would spoil a training run silently. */
export function drawChecked(name: string, source: PointSource, rng: Rng, count: number): Float64Array {
  const drawn = `${name}.draw(…)`;
  const points = checkLength(drawn, checkNumericArray(drawn, source.draw(rng, count)), count * source.dim);
  checkFiniteArray(drawn, points);
  return points instanceof Float64Array ? points : Float64Array.from(points);
}
