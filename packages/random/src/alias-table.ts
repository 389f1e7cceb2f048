// Walker's alias method in Vose's form (A linear algorithm for generating random numbers with a given distribution,
// IEEE TSE 17, 1991): O(n) to build, O(1) a draw. Each of n equally likely columns holds at most two outcomes.
import { checkInteger, checkNumericArray, checkWeights, describeValue, type NumericArray } from '@brenier/errors';
import { below } from './integer.js';
import { checkRng, type Rng } from './rng.js';

/** A discrete distribution prepared for constant-time draws; plain data. */
export interface AliasTable {
  /** The number of outcomes. */
  readonly count: number;
  /** Shape [count]: the probability that column i yields i itself. */
  readonly threshold: Float64Array;
  /** Shape [count]: what column i yields otherwise. */
  readonly alias: Int32Array;
}

/**
 * Prepares a discrete distribution for {@link categorical}.
 *
 * @param weights - at least one weight, finite, not negative, not all zero; they need not sum to 1
 * @returns the table; O(n) time. An outcome of weight 0 is never drawn
 * @throws TypeError or RangeError where the weights are not as described
 *
 * @example
 * A distribution over three outcomes.
 * ```ts
 * import { categorical, createAliasTable, createRng } from '@brenier/random';
 *
 * const table = createAliasTable([1, 0, 3]);
 * categorical(createRng(1), table) !== 1; // => true
 * ```
 */
export function createAliasTable(weights: NumericArray): AliasTable {
  checkWeights('weights', checkNumericArray('weights', weights));
  const count = weights.length;
  // Division by the largest weight first keeps the sum away from overflow and from subnormal numbers.
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, weight);
  const scaled = Float64Array.from(weights, (w) => w / largest);
  let sum = 0;
  for (const each of scaled) sum += each;
  for (let i = 0; i < count; i++) scaled[i] = (scaled[i] / sum) * count;
  return pairColumns(scaled);
}

/**
 * Draws an outcome of a discrete distribution.
 *
 * @param rng - where the bits come from; three words
 * @param table - made by {@link createAliasTable}
 * @returns a whole number in [0, count), i with probability weights[i] / Σ weights; O(1)
 * @throws TypeError where `table` is not an alias table
 *
 * @example
 * The outcomes follow the weights.
 * ```ts
 * import { categorical, createAliasTable, createRng } from '@brenier/random';
 *
 * const rng = createRng(1);
 * const table = createAliasTable([0.2, 0.8]);
 * let ones = 0;
 * for (let i = 0; i < 10000; i++) ones += categorical(rng, table);
 * Math.abs(ones - 8000) < 200; // => true
 * ```
 */
export function categorical(rng: Rng, table: AliasTable): number {
  checkRng('rng', rng);
  const isTable = table?.threshold instanceof Float64Array && table.alias instanceof Int32Array;
  if (!isTable) throw new TypeError(`"table" expected what createAliasTable returns, got ${describeValue(table)}`);
  const column = below(rng, checkInteger('table.count', table.count, 1));
  return rng.uniform() < table.threshold[column] ? column : table.alias[column];
}

/** Fills every column that has less than its share from one that has more. `scaled` has mean 1 and is consumed. */
function pairColumns(scaled: Float64Array): AliasTable {
  const count = scaled.length;
  const threshold = new Float64Array(count);
  const alias = Int32Array.from(scaled, (_, i) => i);
  const small: number[] = [];
  const large: number[] = [];
  scaled.forEach((each, i) => (each < 1 ? small : large).push(i));
  while (small.length > 0 && large.length > 0) {
    const i = small.pop()!;
    const j = large.at(-1)!;
    threshold[i] = scaled[i]!;
    alias[i] = j;
    scaled[j] = scaled[j] - (1 - scaled[i]);
    if (scaled[j] < 1) small.push(large.pop()!);
  }
  // Whatever is left holds its share, up to the rounding of the subtractions.
  for (const i of large) threshold[i] = 1;
  for (const i of small) threshold[i] = 1;
  return { count, threshold, alias };
}
