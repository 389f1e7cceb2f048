/** Whether two contenders computed the same: asked before either is timed. */
import { unpackArray } from './contender/packed-array.js';
import type { Answer } from './contender/protocol.js';

/** How far an answer is from the one it is held against. */
export interface Agreement {
  /** Who answered. */
  contender: string;
  /** What was compared. */
  quantity: string;
  /** Euclidean norm of the difference over that of the expected answer. */
  error: number;
}

/** What is compared, and how strictly. */
export interface Comparison {
  /** Quantities that must agree. Default: all of the expected answer. */
  quantities?: readonly string[];
  /** The largest relative difference. Default: {@link TOLERANCE}. */
  tolerance?: number;
}

/** The largest relative difference that float32 arithmetic in another order explains, with room to spare. */
export const TOLERANCE = 1e-4;

/**
 * Holds an answer against the expected one, quantity by quantity.
 *
 * @throws Error where a quantity is missing, has another length or differs by more than the tolerance
 */
export function compareAnswers(
  contender: string,
  expected: Answer,
  got: Answer,
  { quantities = Object.keys(expected), tolerance = TOLERANCE }: Comparison = {},
): Agreement[] {
  return quantities.map((quantity) => {
    if (got[quantity] === undefined) throw new Error(`${contender} gives no ${quantity}`);
    const error = relativeError(numbersOf(expected[quantity]), numbersOf(got[quantity]));
    if (!(error <= tolerance)) {
      throw new Error(`${contender} gives another ${quantity}: relative difference ${error.toExponential(1)}`);
    }
    return { contender, quantity, error };
  });
}

function numbersOf(value: Answer[string]): ArrayLike<number> {
  return typeof value === 'number' ? [value] : unpackArray(value);
}

/** NaN where anything is not a number, or the lengths differ. */
function relativeError(expected: ArrayLike<number>, got: ArrayLike<number>): number {
  if (expected.length !== got.length) return NaN;
  let difference = 0;
  let size = 0;
  for (let i = 0; i < expected.length; i++) {
    difference += (got[i] - expected[i]) ** 2;
    size += expected[i] ** 2;
  }
  // Two zeros agree.
  return difference === 0 ? 0 : Math.sqrt(difference) / Math.sqrt(size);
}
