import {
  checkFiniteArray,
  checkInteger,
  checkLength,
  checkNumericArray,
  checkOptions,
  describeValue,
  type NumericArray,
} from '@brenier/errors';

/** Pairs that were made before: by a solver over the whole data, by a model, or by another program. */
export interface StoredPairs {
  /** Coordinates per point. */
  readonly dim: number;
  /** Starts, row-major, shape [count, dim]. */
  readonly x0: NumericArray;
  /** Ends, row-major, shape [count, dim]. */
  readonly x1: NumericArray;
  /** Class of each end, shape [count], from 0; −1 for an end without one. Default: none have. */
  readonly label?: NumericArray;
}

/** The number of pairs, once their shapes, coordinates and classes have been checked; cost O(count · dim). */
export function checkStoredPairs(name: string, pairs: StoredPairs): number {
  if (typeof pairs !== 'object' || pairs === null) {
    throw new TypeError(`"${name}" expected an object with "dim", "x0" and "x1", got ${describeValue(pairs)}`);
  }
  checkOptions(name, pairs, ['dim', 'x0', 'x1', 'label']);
  const dim = checkInteger(`${name}.dim`, pairs.dim, 1, 2 ** 31 - 1);
  const { length } = checkNumericArray(`${name}.x0`, pairs.x0);
  if (length === 0 || length % dim !== 0) {
    throw new RangeError(`"${name}.x0" expected whole points of dimension ${dim}, at least one, got length ${length}`);
  }
  checkLength(`${name}.x1`, checkNumericArray(`${name}.x1`, pairs.x1), length);
  for (const end of ['x0', 'x1'] as const) checkFiniteArray(`${name}.${end}`, pairs[end]);
  if (pairs.label !== undefined) checkLabels(`${name}.label`, pairs.label, length / dim);
  return length / dim;
}

function checkLabels(name: string, label: NumericArray, count: number): void {
  checkLength(name, checkNumericArray(name, label), count);
  for (let i = 0; i < count; i++) checkInteger(`${name}[${i}]`, label[i], -1, 2 ** 31 - 1);
}
