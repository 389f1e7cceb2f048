const DIGIT_BITS = 11;
const DIGITS = 6; // 6 · 11 bits cover the 64 of a float64
const BUCKETS = 1 << DIGIT_BITS;

/**
 * The permutation that sorts finite numbers in increasing order, ties by index.
 *
 * Radix sort, least significant digit first, on the bits of the numbers: O(6 n) moves whatever the values, stable, and free of
 * comparisons, so the order of equal values (−0 and 0 included) is the same on every machine.
 */
export function sortOrder(values: Float64Array): Int32Array {
  const count = values.length;
  const keys = sortableKeys(values);
  const histogram = countDigits(keys, count);
  let order = Int32Array.from({ length: count }, (_, i) => i);
  let spare = new Int32Array(count);
  for (let digit = 0; digit < DIGITS; digit++) {
    const starts = histogram.subarray(digit * BUCKETS, (digit + 1) * BUCKETS);
    if (!turnCountsIntoStarts(starts, count)) continue;
    for (let k = 0; k < count; k++) {
      const i = order[k]!;
      spare[starts[digitOf(keys, i, digit)]++] = i;
    }
    [order, spare] = [spare, order];
  }
  return order;
}

/** Pairs (low, high) of 32-bit words whose unsigned order is the order of the numbers: sign bit flipped, all bits of negatives. */
function sortableKeys(values: Float64Array): Uint32Array {
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) numbers[i] = values[i]! + 0; // −0 + 0 is +0: both zeros get one key
  const words = new Uint32Array(numbers.buffer);
  for (let k = 0; k < words.length; k += 2) {
    const mask = words[k + 1]! >>> 31 ? 0xffffffff : 0;
    words[k] ^= mask;
    words[k + 1] ^= mask | 0x80000000;
  }
  return words;
}

function countDigits(keys: Uint32Array, count: number): Int32Array {
  const histogram = new Int32Array(DIGITS * BUCKETS);
  for (let digit = 0; digit < DIGITS; digit++) {
    for (let i = 0; i < count; i++) histogram[digit * BUCKETS + digitOf(keys, i, digit)]++;
  }
  return histogram;
}

/** Bits 0–10, 11–21, 22–31 of the low word, then of the high word: six digits, none across a word boundary. */
function digitOf(keys: Uint32Array, i: number, digit: number): number {
  const upper = digit >= 3 ? 1 : 0;
  return (keys[2 * i + upper]! >>> ((digit - 3 * upper) * DIGIT_BITS)) & (BUCKETS - 1);
}

/** False where every key has the same digit: the pass would change nothing. */
function turnCountsIntoStarts(counts: Int32Array, total: number): boolean {
  let start = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = counts[bucket]!;
    if (count === total) return false;
    counts[bucket] = start;
    start += count;
  }
  return true;
}
