import {
  checkFiniteArray,
  checkFunction,
  checkInteger,
  checkLength,
  checkNumericArray,
  describeValue,
} from '@brenier/errors';
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

/** Checks that a value can be drawn from, and that it has the dimension asked for, if one is. */
export function checkSource(name: string, value: PointSource, dim?: number): PointSource {
  if (typeof value !== 'object' || value === null) {
    throw new TypeError(`"${name}" expected an object with "dim" and "draw", got ${describeValue(value)}`);
  }
  checkInteger(`${name}.dim`, value.dim, 1);
  checkFunction(`${name}.draw`, value.draw);
  if (dim === undefined || value.dim === dim) return value;
  throw new RangeError(`"${name}.dim" expected ${dim}, got ${value.dim}`);
}

/** Draws and checks what came: a source may be anybody's code, and a NaN here would spoil a training run silently. */
export function drawChecked(name: string, source: PointSource, rng: Rng, count: number): Float64Array {
  const drawn = `${name}.draw(…)`;
  const points = checkLength(drawn, checkNumericArray(drawn, source.draw(rng, count)), count * source.dim);
  checkFiniteArray(drawn, points);
  return points instanceof Float64Array ? points : Float64Array.from(points);
}
