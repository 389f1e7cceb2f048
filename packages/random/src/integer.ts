// Unbiased whole numbers: a multiplication instead of a division, with a rejection that is almost never taken
// (Lemire, Fast random integer generation in an interval, ACM TOMACS 29, 2019, algorithm 5).
import { checkInteger } from '@brenier/errors';
import { checkRng, type Rng } from './rng.js';

const TWO_32 = 4294967296;
const TWO_53 = 9007199254740992;

/**
 * A whole number in [low, high), each equally likely to the last bit.
 *
 * @param rng - where the bits come from; one word for ranges up to 2^32, two beyond, more only after a rejection
 * @param low - the smallest value, a safe integer
 * @param high - the bound that is not reached, a safe integer above `low`; high - low at most 2^53
 * @returns the number
 * @throws TypeError or RangeError where the bounds are not safe integers, the interval is empty or longer than 2^53
 *
 * @example
 * One throw of a die.
 * ```ts
 * import { createRng, integer } from '@brenier/random';
 *
 * const die = integer(createRng(1), 1, 7);
 * die >= 1 && die <= 6; // => true
 * ```
 */
export function integer(rng: Rng, low: number, high: number): number {
  checkRng('rng', rng);
  checkInteger('low', low, Number.MIN_SAFE_INTEGER);
  checkInteger('high', high, Number.MIN_SAFE_INTEGER);
  const range = high - low;
  if (!(range >= 1 && range <= TWO_53)) {
    throw new RangeError(`"high" expected a number above low (${low}) by at most 2^53, got ${high}`);
  }
  return low + below(rng, range);
}

/** A whole number in [0, range), for a whole range in [1, 2^53]. */
export function below(rng: Rng, range: number): number {
  return range <= TWO_32 ? belowWord(rng, range) : belowPair(rng, range);
}

/**
 * The upper word of word × range, unless the lower one falls in the first 2^32 mod range values, which would be hit
 * once too often.
 */
function belowWord(rng: Rng, range: number): number {
  for (;;) {
    const word = rng.uint32();
    // word × range in two exact parts: range = 2^16 upper + lower keeps every product below 2^53.
    const lower = range % 65536;
    const upper = (range - lower) / 65536;
    const small = word * lower;
    const large = word * upper + Math.floor(small / 65536);
    const remainder = (large % 65536) * 65536 + (small % 65536);
    if (remainder >= range || remainder >= TWO_32 % range) return Math.floor(large / 65536);
  }
}

/**
 * 53 bits, masked down to the size of the range and drawn again while too large: fewer than two attempts on
 * average.
 */
function belowPair(rng: Rng, range: number): number {
  let bits = TWO_53;
  while (bits / 2 >= range) bits /= 2;
  for (;;) {
    const value = Math.floor(rng.uniform() * bits);
    if (value < range) return value;
  }
}
