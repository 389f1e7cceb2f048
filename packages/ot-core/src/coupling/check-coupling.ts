import {
  checkFinite,
  checkFiniteArray,
  checkInteger,
  checkLength,
  checkNumericArray,
  checkPositive,
  describeValue,
} from '@brenier/errors';
import { checkGeometry } from '../geometry/check-geometry.js';
import type { Coupling, ImplicitCoupling, SparseCoupling } from './coupling.js';

/**
 * Checks the kind of a coupling and the lengths of its arrays in O(1); the entries themselves are trusted.
 *
 * @throws TypeError where it is no coupling, RangeError where an array has the wrong length
 */
export function checkCoupling(coupling: Coupling): Coupling {
  switch (coupling?.kind) {
    case 'permutation':
      checkLength('coupling.columnOfRow', coupling.columnOfRow, coupling.rows);
      return coupling;
    case 'sparse':
      checkLength(
        'coupling.columnIndex',
        coupling.columnIndex,
        checkNumericArray('coupling.rowIndex', coupling.rowIndex).length,
      );
      checkLength('coupling.mass', coupling.mass, coupling.rowIndex.length);
      return coupling;
    case 'dense':
      checkLength('coupling.plan', coupling.plan, coupling.rows * coupling.columns);
      return coupling;
    case 'implicit':
      for (const name of ['a', 'f'] as const) checkLength(`coupling.${name}`, coupling[name], coupling.rows);
      for (const name of ['b', 'g'] as const) checkLength(`coupling.${name}`, coupling[name], coupling.columns);
      checkGeometryShape(coupling);
      return coupling;
    default:
      throw new TypeError(`"coupling" expected a coupling, got ${describeValue(coupling)}`);
  }
}

function checkGeometryShape({ geometry, rows, columns }: ImplicitCoupling): void {
  checkGeometry('coupling.geometry', geometry);
  if (geometry.rows === rows && geometry.columns === columns) return;
  throw new RangeError(
    `"coupling.geometry" expected shape [${rows}, ${columns}], got [${geometry.rows}, ${geometry.columns}]`,
  );
}

/**
 * Checks the entries of a coupling too: that they lie inside, that a list is ordered by row, then column, with each pair
 * once, and that masses are finite. O(entries), so for functions that visit all of them.
 *
 * @throws RangeError where an index lies outside, a pair does not come after the one before, or a mass is not finite
 */
export function checkEntries(coupling: Coupling): Coupling {
  const { rows, columns } = checkCoupling(coupling);
  switch (coupling.kind) {
    case 'permutation':
      checkFinite('coupling.massPerPair', coupling.massPerPair);
      checkIndices('coupling.columnOfRow', coupling.columnOfRow, columns);
      return coupling;
    case 'sparse':
      checkIndices('coupling.rowIndex', coupling.rowIndex, rows);
      checkIndices('coupling.columnIndex', coupling.columnIndex, columns);
      checkOrder(coupling);
      checkFiniteArray('coupling.mass', coupling.mass);
      return coupling;
    case 'dense':
      checkFiniteArray('coupling.plan', coupling.plan);
      return coupling;
    case 'implicit':
      for (const name of ['a', 'b', 'f', 'g'] as const) checkFiniteArray(`coupling.${name}`, coupling[name]);
      checkPositive('coupling.epsilon', coupling.epsilon);
      return coupling;
  }
}

function checkIndices(name: string, indices: Int32Array, count: number): void {
  for (let at = 0; at < indices.length; at++) {
    if (!(indices[at] >= 0 && indices[at] < count)) checkInteger(`${name}[${at}]`, indices[at], 0, count - 1);
  }
}

/** Rows are found by a binary search, and a pair that came twice would be written twice. */
function checkOrder({ rowIndex, columnIndex }: SparseCoupling): void {
  for (let at = 1; at < rowIndex.length; at++) {
    const rowStep = rowIndex[at] - rowIndex[at - 1];
    if (rowStep > 0 || (rowStep === 0 && columnIndex[at] > columnIndex[at - 1])) continue;
    const [before, pair] = [at - 1, at].map((entry) => `(${rowIndex[entry]}, ${columnIndex[entry]})`);
    throw new RangeError(
      `"coupling" expected each pair once, ordered by row, then column, got ${pair} at entry ${at} after ${before}`,
    );
  }
}

/** Checks that a coupling has the shape of what it is used with. */
export function checkCouplingShape(coupling: Coupling, rows: number, columns: number): Coupling {
  checkCoupling(coupling);
  if (coupling.rows === rows && coupling.columns === columns) return coupling;
  throw new RangeError(`"coupling" expected shape [${rows}, ${columns}], got [${coupling.rows}, ${coupling.columns}]`);
}
