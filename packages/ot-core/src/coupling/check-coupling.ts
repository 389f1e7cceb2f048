import { checkLength, describeValue } from '@brenier/errors';
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
      checkLength('coupling.rowIndex', coupling.rowIndex, coupling.mass.length);
      checkLength('coupling.columnIndex', coupling.columnIndex, coupling.mass.length);
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

/** Checks that a coupling has the shape of what it is used with. */
export function checkCouplingShape(coupling: Coupling, rows: number, columns: number): Coupling {
  checkCoupling(coupling);
  if (coupling.rows === rows && coupling.columns === columns) return coupling;
  throw new RangeError(`"coupling" expected shape [${rows}, ${columns}], got [${coupling.rows}, ${coupling.columns}]`);
}
