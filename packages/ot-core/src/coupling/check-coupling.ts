import {
  checkFinite,
  checkFiniteArray,
  checkInteger,
  checkLength,
  checkNumericArray,
  checkPositive,
  describeValue,
} from '@brenier/errors';
import type { Coupling } from './coupling.js';

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
      return coupling;
    default:
      throw new TypeError(`"coupling" expected a coupling, got ${describeValue(coupling)}`);
  }
}

/**
 * Checks the entries of a coupling too: that they lie inside, and that their masses are finite. O(entries), so for
 * functions that visit all of them.
 *
 * @throws RangeError where an index lies outside or a mass is not finite
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

/** Checks that a coupling has the shape of what it is used with. */
export function checkCouplingShape(coupling: Coupling, rows: number, columns: number): Coupling {
  checkCoupling(coupling);
  if (coupling.rows === rows && coupling.columns === columns) return coupling;
  throw new RangeError(`"coupling" expected shape [${rows}, ${columns}], got [${coupling.rows}, ${coupling.columns}]`);
}
