// The masses of both sides of a problem, checked and completed.
import { checkFiniteArray, checkLength, checkNumericArray, checkWeights, type NumericArray } from '@brenier/errors';
import { checkMassScale } from './mass-scale.js';
import { checkEqualMass, totalMass } from './total-mass.js';
import type { TransportProblem } from './transport-problem.js';

/** The part of a problem that does not concern costs. */
export type Masses = Pick<TransportProblem, 'a' | 'b' | 'mass' | 'isAssignment'>;

/**
 * Copies weights, fills in those that are missing, and brings `b` to the total of `a`. O(rows + columns).
 *
 * @throws TypeError where weights are no numbers; RangeError where a length does not fit, a weight is negative or not
 *   finite, all are zero, the total lies outside [1e-270, 1e290], or the totals differ
 */
export function readMasses(
  rows: number,
  columns: number,
  given: { readonly a?: NumericArray; readonly b?: NumericArray },
): Masses {
  if (given.a === undefined && given.b === undefined && rows === columns) return equalMasses(rows);
  const a = given.a === undefined ? undefined : readWeights('a', given.a, rows);
  const b = given.b === undefined ? undefined : readWeights('b', given.b, columns);
  const mass = checkMassScale('a, b', a !== undefined ? totalMass(a) : b !== undefined ? totalMass(b) : 1);
  return assemble(a ?? equalWeights(rows, mass), b ?? equalWeights(columns, mass), mass);
}

/** What the general way gives too, with less to check: batches of small problems are mostly these. */
function equalMasses(count: number): Masses {
  return { a: equalWeights(count, 1), b: equalWeights(count, 1), mass: 1, isAssignment: true };
}

function readWeights(name: 'a' | 'b', weights: NumericArray, length: number): Float64Array {
  checkLength(name, checkNumericArray(name, weights), length);
  return Float64Array.from(checkWeights(name, checkFiniteArray(name, weights)));
}

function equalWeights(count: number, mass: number): Float64Array {
  return new Float64Array(count).fill(mass / count);
}

function assemble(a: Float64Array, b: Float64Array, mass: number): Masses {
  balance(b, mass);
  const isAssignment = a.length === b.length && isConstant(a) && isConstant(b);
  if (isAssignment) b.set(a); // equal to the last bit, so that one mass per pair serves both marginals
  return { a, b, mass, isAssignment };
}

function balance(b: Float64Array, mass: number): void {
  const massOfB = totalMass(b);
  checkEqualMass(mass, massOfB);
  if (massOfB === mass) return;
  const factor = mass / massOfB;
  for (let j = 0; j < b.length; j++) b[j] *= factor;
}

function isConstant(weights: Float64Array): boolean {
  return weights.every((each) => each === weights[0]);
}
