// Costs that come as numbers: any matrix, of any sign, with +∞ for pairs that no plan may use.
import {
  checkInteger,
  checkLength,
  checkNumericArray,
  checkOptions,
  describeValue,
  type NumericArray,
} from '@brenier/errors';
import { checkCostScale } from './cost-scale.js';
import type { MatrixGeometry } from './geometry.js';

/** Options of {@link costMatrix}; both are required for a flat array. */
export interface CostMatrixOptions {
  /** Number of rows. Default: read from rows or from `shape`. */
  readonly rows?: number;
  /** Number of columns. Default: read from rows or from `shape`. */
  readonly columns?: number;
}

/** A cost matrix with its shape, row-major. */
export interface ShapedCosts {
  /** The costs, row-major. */
  readonly data: NumericArray;
  /** `[rows, columns]`. */
  readonly shape: readonly number[];
}

/** A matrix of costs: rows, numbers with a shape, or a flat row-major array beside the options `rows` and `columns`. */
export type CostMatrixInput = readonly NumericArray[] | ShapedCosts | NumericArray;

/**
 * The geometry of a given cost matrix.
 *
 * Costs may be negative, and +∞ forbids a pair: no exact plan uses it, and entropic plans give it no mass. The matrix
 * is copied; a `Float32Array`, or rows of them, stays one, at four bytes an entry, and every computation reads its
 * entries as float64. Cost O(rows · columns) time and memory.
 *
 * @param costs - shape [rows, columns]: rows of equal length, `{ data, shape }`, or a flat row-major array
 * @returns a frozen geometry; plain data, `postMessage` works
 * @throws TypeError where the input is no matrix of numbers; RangeError where it is empty, ragged or of another shape
 *   than stated, where a cost is NaN or −∞, or where sums of costs would overflow. Whether the allowed pairs can carry
 *   the mass is seen by {@link createTransportProblem}
 *
 * @example
 * Sending the second row to the first column costs 4.
 * ```ts
 * import { costAt, costMatrix } from '@brenier/ot-core';
 *
 * costAt(costMatrix([[1, 2], [4, 3]]), 1, 0); // => 4
 * costAt(costMatrix([1, 2, 4, 3], { rows: 2, columns: 2 }), 1, 0); // => 4
 * ```
 * A pair that is forbidden is not used, however cheap the others would make it.
 * ```ts
 * import { costMatrix, emd } from '@brenier/ot-core';
 *
 * emd(costMatrix([[1, Infinity], [2, 9]])).cost; // => 5
 * ```
 */
export function costMatrix(costs: CostMatrixInput, options?: CostMatrixOptions): MatrixGeometry {
  const stated = checkOptions('options', options, ['rows', 'columns']);
  const geometry = read(costs, stated);
  checkStated('rows', stated.rows, geometry.rows);
  checkStated('columns', stated.columns, geometry.columns);
  checkCosts(geometry);
  return Object.freeze(geometry);
}

function read(costs: CostMatrixInput, stated: CostMatrixOptions): MatrixGeometry {
  if (Array.isArray(costs) && (Array.isArray(costs[0]) || ArrayBuffer.isView(costs[0]))) return readRows(costs);
  if (typeof costs === 'object' && costs !== null && 'shape' in costs) return readShaped(costs);
  const flat = checkNumericArray('costs', costs);
  if (stated.rows === undefined || stated.columns === undefined) {
    throw new RangeError('"options" expected "rows" and "columns" beside a flat array of costs, got none');
  }
  return fromFlat('costs', flat, checkInteger('rows', stated.rows, 1), checkInteger('columns', stated.columns, 1));
}

function readRows(rows: readonly NumericArray[]): MatrixGeometry {
  const columns = checkInteger('costs[0].length', rows[0].length, 1);
  const length = rows.length * columns;
  const isSingle = rows.every((row) => row instanceof Float32Array);
  const costs = isSingle ? new Float32Array(length) : new Float64Array(length);
  for (let i = 0; i < rows.length; i++) {
    const name = `costs[${i}]`;
    costs.set(checkLength(name, checkNumbers(name, rows[i]), columns), i * columns);
  }
  return { kind: 'matrix', costs, rows: rows.length, columns };
}

function readShaped({ data, shape }: ShapedCosts): MatrixGeometry {
  if (!Array.isArray(shape) || shape.length !== 2) {
    throw new RangeError(`"costs.shape" expected [rows, columns], got ${describeValue(shape)}`);
  }
  const rows = checkInteger('costs.shape[0]', shape[0], 1);
  return fromFlat('costs.data', data, rows, checkInteger('costs.shape[1]', shape[1], 1));
}

function fromFlat(name: string, data: NumericArray, rows: number, columns: number): MatrixGeometry {
  checkLength(name, checkNumbers(name, data), rows * columns);
  const isFloat = data instanceof Float32Array || data instanceof Float64Array;
  const costs = isFloat ? data.slice() : Float64Array.from(data);
  return { kind: 'matrix', costs, rows, columns };
}

function checkNumbers(name: string, values: NumericArray): NumericArray {
  checkNumericArray(name, values);
  if (ArrayBuffer.isView(values)) return values;
  const wrong = values.findIndex((each) => typeof each !== 'number');
  if (wrong < 0) return values;
  throw new TypeError(`"${name}[${wrong}]" expected a number, got ${describeValue(values[wrong])}`);
}

function checkStated(name: 'rows' | 'columns', stated: number | undefined, found: number): void {
  if (stated === undefined || stated === found) return;
  throw new RangeError(`"${name}" expected ${found}, as in "costs", got ${describeValue(stated)}`);
}

function checkCosts({ costs, rows, columns }: MatrixGeometry): void {
  let largest = largestMagnitude(costs);
  if (!Number.isFinite(largest)) largest = checkEachCost(costs, columns);
  checkCostScale('costs', largest, rows + columns);
}

/** NaN or ∞ where an entry is not finite: every product with 0 is 0 otherwise, and so is their sum. */
function largestMagnitude(costs: Float64Array | Float32Array): number {
  let [sum, largest, larger] = [0, 0, 0];
  const pairs = costs.length & ~1;
  for (let at = 0; at < pairs; at += 2) {
    const one = Math.abs(costs[at]);
    const other = Math.abs(costs[at + 1]);
    sum += 0 * one + 0 * other;
    if (one > largest) largest = one;
    if (other > larger) larger = other;
  }
  if (pairs < costs.length) return Math.max(sum, largest, larger, Math.abs(costs[pairs]));
  return Math.max(sum, largest, larger);
}

/** The largest magnitude of a pair that is allowed. */
function checkEachCost(costs: Float64Array | Float32Array, columns: number): number {
  let largest = 0;
  for (let at = 0; at < costs.length; at++) {
    if (costs[at] === Infinity) continue;
    const magnitude = Math.abs(costs[at]);
    if (!(magnitude < Infinity)) refuseCost(costs[at], Math.floor(at / columns), at % columns);
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
}

function refuseCost(cost: number, i: number, j: number): never {
  throw new RangeError(`"costs[${i}][${j}]" expected a finite number, or Infinity for a forbidden pair, got ${cost}`);
}
