import { checkInteger } from '@brenier/errors';
import { checkRng, integer } from '@brenier/random';
import type { Pairing } from './pairing.js';
import { checkStoredPairs, type StoredPairs } from './stored-pairs.js';

/**
 * The coupling of pairs that were made before: each draw takes one of them, all equally likely, with replacement.
 *
 * For couplings that cost too much to make anew for every batch: the exact plan of a whole training set, or ends that a
 * model has computed. On disk they may be a container of `@brenier/nets`, which has a version and a checksum.
 *
 * @param pairs - at least one pair; copied
 * @returns the pairing; a draw costs O(count · dim)
 * @throws TypeError or RangeError where shapes differ, a coordinate is not finite, a class is below −1, or a field is
 *   unknown, such as masses, which it would not see
 *
 * @example
 * Two pairs that stay together.
 * ```ts
 * import { storedPairing } from '@brenier/flows';
 * import { createRng } from '@brenier/random';
 *
 * const pairing = storedPairing({ dim: 1, x0: [0, 1], x1: [10, 11] });
 * const { x0, x1 } = pairing.draw(createRng(0), 50);
 * x1.every((end, i) => end === x0[i] + 10); // => true
 * ```
 */
export function storedPairing(pairs: StoredPairs): Pairing {
  const size = checkStoredPairs('pairs', pairs);
  const { dim } = pairs;
  const [starts, ends] = [Float64Array.from(pairs.x0), Float64Array.from(pairs.x1)];
  const labels = pairs.label && Int32Array.from(pairs.label);
  return {
    dim,
    name: `stored(${size} pairs)`,
    draw(rng, count) {
      checkRng('rng', rng);
      const rows = new Int32Array(checkInteger('count', count, 1, 2 ** 31 - 1)).map(() => integer(rng, 0, size));
      const [x0, x1] = [takeRows(starts, rows, dim), takeRows(ends, rows, dim)];
      return { x0, x1, ...(labels && { label: rows.map((row) => labels[row]) }) };
    },
  };
}

function takeRows(points: Float64Array, rows: Int32Array, dim: number): Float64Array {
  const taken = new Float64Array(rows.length * dim);
  rows.forEach((row, i) => taken.set(points.subarray(row * dim, (row + 1) * dim), i * dim));
  return taken;
}
