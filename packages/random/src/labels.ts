// Labels become keys: the label is encrypted under the parent's key, in a counter domain (fourth word) that the
// stream never uses. Whole numbers fill one block, so that two of them never share a key under one parent; strings
// are absorbed six code units at a time, the output being the key of the next block, and end in a block of their own
// that holds the length (128-bit digests: a collision, also of a string with a number, has probability 2^-128).
import { describeValue } from '@brenier/errors';
import { threefry4x32 } from './threefry.js';

const NUMBER_DOMAIN = 1;
const TEXT_DOMAIN = 2;
const END_DOMAIN = 3;

/**
 * The key that belongs to a label under a parent key.
 *
 * @param parent - four words, not changed
 * @param name - the argument's name for the error message
 * @param label - a whole number within ±(2^53 - 1), or any string
 * @throws TypeError or RangeError for any other label
 */
export function deriveKey(parent: Int32Array, name: string, label: number | string): Int32Array {
  const key = new Int32Array(4);
  if (typeof label === 'string') {
    key.set(parent);
    absorb(key, label);
    return key;
  }
  if (!Number.isSafeInteger(label)) {
    const message = `"${name}" expected a string or a whole number within ±(2^53 - 1), got ${describeValue(label)}`;
    throw typeof label === 'number' ? new RangeError(message) : new TypeError(message);
  }
  threefry4x32(parent, label | 0, Math.floor(label / 4294967296) | 0, 0, NUMBER_DOMAIN, key);
  return key;
}

function absorb(key: Int32Array, text: string): void {
  for (let i = 0; i < text.length; i += 6) {
    threefry4x32(key, codeUnits(text, i), codeUnits(text, i + 2), codeUnits(text, i + 4), TEXT_DOMAIN, key);
  }
  threefry4x32(key, text.length, 0, 0, END_DOMAIN, key);
}

/** Two UTF-16 code units in a word, zeros past the end: the length tells them from NULs. */
function codeUnits(text: string, index: number): number {
  const low = index < text.length ? text.charCodeAt(index) : 0;
  const high = index + 1 < text.length ? text.charCodeAt(index + 1) : 0;
  return low | (high << 16);
}
