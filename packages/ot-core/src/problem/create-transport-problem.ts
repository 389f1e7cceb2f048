// Where a transport problem is validated, once; every solver may then trust it.
import {
  checkFiniteArray,
  checkLength,
  checkNumericArray,
  checkOptions,
  checkWeights,
  type NumericArray,
} from '@brenier/errors';
import { checkGeometry } from '../geometry/check-geometry.js';
import { hasForbiddenPairs } from '../geometry/forbidden-pairs.js';
import type { Geometry } from '../geometry/geometry.js';
import { findAllowedFlow, type Obstruction } from './allowed-flow.js';
import { checkEqualMass, totalMass } from './total-mass.js';
import type { TransportProblem } from './transport-problem.js';

/** Options of {@link createTransportProblem}. */
export interface TransportProblemOptions {
  /**
   * Masses of the rows, shape [rows], >= 0. Default: equal masses, of total 1, or of the total of `b` where `b` is
   * given.
   */
  readonly a?: NumericArray;
  /** Masses of the columns, shape [columns], >= 0. Default: equal masses with the total of `a`. */
  readonly b?: NumericArray;
}

/**
 * States a balanced transport problem: move the masses `a` to the masses `b` at the least cost.
 *
 * Weights need not sum to 1: the plan's mass sums to the problem's mass. Zero weights are allowed. Where the totals
 * differ by at most 1e-9 relatively, `b` is rescaled to the total of `a`. Where a matrix forbids pairs, some plan must
 * avoid them all, up to 1e-9 of the mass that the others cut off; a maximum flow decides it. Cost O(rows + columns);
 * O(rows · columns) for a matrix, and with forbidden pairs as much again for each row that a greedy flow leaves
 * unserved. The weights are copied.
 *
 * @param geometry - what a unit of mass pays, from `pointClouds` or `costMatrix`
 * @returns a frozen problem; plain data, `postMessage` works
 * @throws TypeError where `geometry` is none or weights are no numbers; RangeError where a length does not fit, a
 *   weight is negative or not finite, all weights are zero, the totals differ, an option is unknown, or the allowed
 *   pairs cannot carry the mass: the message then names rows whose mass exceeds that of all columns allowed to them
 *
 * @example
 * Two unit masses for one column that takes both.
 * ```ts
 * import { costMatrix, createTransportProblem } from '@brenier/ot-core';
 *
 * const problem = createTransportProblem(costMatrix([[1], [5]]), { a: [1, 1], b: [2] });
 * problem.mass; // => 2
 * ```
 */
export function createTransportProblem(geometry: Geometry, options?: TransportProblemOptions): TransportProblem {
  const given = checkOptions('options', options, ['a', 'b']);
  const { rows, columns } = checkGeometry('geometry', geometry);
  if (given.a === undefined && given.b === undefined && rows === columns) return createAssignment(geometry, rows);
  const a = given.a === undefined ? undefined : readWeights('a', given.a, rows);
  const b = given.b === undefined ? undefined : readWeights('b', given.b, columns);
  const mass = a !== undefined ? totalMass(a) : b !== undefined ? totalMass(b) : 1;
  const problem = assemble(geometry, a ?? equalWeights(rows, mass), b ?? equalWeights(columns, mass), mass);
  checkFeasible(problem);
  return problem;
}

/** What the general way gives too, with less to check: batches of small problems are mostly these. */
function createAssignment(geometry: Geometry, count: number): TransportProblem {
  const [a, b] = [equalWeights(count, 1), equalWeights(count, 1)];
  const problem: TransportProblem = Object.freeze({ geometry, a, b, mass: 1, isAssignment: true });
  checkFeasible(problem);
  return problem;
}

function readWeights(name: 'a' | 'b', weights: NumericArray, length: number): Float64Array {
  checkLength(name, checkNumericArray(name, weights), length);
  return Float64Array.from(checkWeights(name, checkFiniteArray(name, weights)));
}

function equalWeights(count: number, mass: number): Float64Array {
  return new Float64Array(count).fill(mass / count);
}

function assemble(geometry: Geometry, a: Float64Array, b: Float64Array, mass: number): TransportProblem {
  balance(b, mass);
  const isAssignment = a.length === b.length && isConstant(a) && isConstant(b);
  if (isAssignment) b.set(a); // equal to the last bit, so that one mass per pair serves both marginals
  return Object.freeze({ geometry, a, b, mass, isAssignment });
}

function checkFeasible({ geometry, a, b }: TransportProblem): void {
  if (!hasForbiddenPairs(geometry)) return;
  const { obstruction } = findAllowedFlow(geometry, a, b);
  if (obstruction) refuse(obstruction);
}

function refuse({ rows, columns, massOfRows, massOfColumns }: Obstruction): never {
  const taking = columns.length === 0 ? 'no column' : `only columns ${listed(columns)} of mass ${massOfColumns}`;
  throw new RangeError(
    '"geometry" expected allowed pairs that can carry all mass, ' +
      `got rows ${listed(rows)} of mass ${massOfRows} with ${taking} allowed to them`,
  );
}

function listed(indices: readonly number[]): string {
  const shown = indices.slice(0, 8).join(', ');
  return indices.length > 8 ? `${shown}, … (${indices.length})` : shown;
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
