// Fisher & Yates' shuffle in Durstenfeld's form (Algorithm 235, CACM 7, 1964): every order equally likely, O(n).
import { checkInteger, describeValue } from '@brenier/errors';
import { below } from './integer.js';
import { checkRng, type Rng } from './rng.js';

/** An array whose entries can be exchanged. */
export type ShuffleArray =
  unknown[] | Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/**
 * A random permutation of 0, …, count - 1, every order equally likely.
 *
 * @param rng - where the bits come from; one word an entry
 * @param count - how many entries, from 0 to 2^31 - 1
 * @returns the permutation; O(count) time
 * @throws TypeError or RangeError where `count` is not such a whole number
 *
 * @example
 * The order of a pass over five rows.
 * ```ts
 * import { createRng, permutation } from '@brenier/random';
 *
 * const order = permutation(createRng(1), 5);
 * Array.from(order).sort(); // => [0, 1, 2, 3, 4]
 * ```
 */
export function permutation(rng: Rng, count: number): Int32Array {
  checkRng('rng', rng);
  const order = new Int32Array(checkInteger('count', count, 0, 2147483647));
  for (let i = 0; i < order.length; i++) order[i] = i;
  return shuffle(rng, order);
}

/**
 * Brings the entries of an array into random order, in place, every order equally likely.
 *
 * @param rng - where the bits come from; one word an entry
 * @param array - a plain or typed array
 * @returns `array`; O(length) time
 * @throws TypeError where it is not an array
 *
 * @example
 * Shuffling changes the order and nothing else.
 * ```ts
 * import { createRng, shuffle } from '@brenier/random';
 *
 * shuffle(createRng(1), ['a', 'b', 'c']).sort(); // => ['a', 'b', 'c']
 * ```
 */
export function shuffle<T extends ShuffleArray>(rng: Rng, array: T): T {
  checkRng('rng', rng);
  if (!Array.isArray(array) && !(ArrayBuffer.isView(array) && 'length' in array)) {
    throw new TypeError(`"array" expected a plain or typed array, got ${describeValue(array)}`);
  }
  const entries = array as unknown[];
  for (let i = entries.length - 1; i > 0; i--) {
    const j = below(rng, i + 1);
    const entry = entries[i];
    entries[i] = entries[j];
    entries[j] = entry;
  }
  return array;
}
