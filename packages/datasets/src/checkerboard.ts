import { checkInteger, checkOptions, checkPositive } from '@brenier/errors';
import { integer, type Rng } from '@brenier/random';
import { createCloud, type PointCloud } from './point-cloud.js';

/** Options of {@link checkerboard}. */
export interface CheckerboardOptions {
  /** How many squares a side has, an even number of at least 2; default 4. */
  readonly squares?: number;
  /** The board covers [-halfWidth, halfWidth]²; default 4. */
  readonly halfWidth?: number;
}

/**
 * Uniform points on the dark squares of a checkerboard, the lower left one being dark.
 *
 * @param rng - where the squares and the places in them come from
 * @param count - how many independent points, at least 1
 * @param options - squares a side and half width
 * @returns the cloud, `dim` 2; O(count)
 * @throws TypeError or RangeError for a count that is not a whole number >= 1, a number of squares that is not even,
 * a half width that is not positive, an unknown option
 *
 * @example
 * On the board of default size the squares have side 2: the indices of a dark one have an even sum.
 * ```ts
 * import { checkerboard } from '@brenier/datasets';
 * import { createRng } from '@brenier/random';
 *
 * const { points } = checkerboard(createRng(1), 1);
 * const index = Math.floor(points[0] / 2) + Math.floor(points[1] / 2);
 * Math.abs(index % 2); // => 0
 * ```
 */
export function checkerboard(rng: Rng, count: number, options?: CheckerboardOptions): PointCloud {
  const { squares = 4, halfWidth = 4 } = checkOptions('options', options, ['squares', 'halfWidth']);
  checkInteger('squares', squares, 2);
  if (squares % 2 !== 0) throw new RangeError(`"squares" expected an even number, got ${squares}`);
  checkPositive('halfWidth', halfWidth);
  const cloud = createCloud(rng, count, 2);
  const side = (2 * halfWidth) / squares;
  for (let i = 0; i < count; i++) {
    const column = integer(rng, 0, squares);
    const row = 2 * integer(rng, 0, squares / 2) + (column % 2);
    cloud.points[2 * i] = side * (column + rng.uniform()) - halfWidth;
    cloud.points[2 * i + 1] = side * (row + rng.uniform()) - halfWidth;
  }
  return cloud;
}
