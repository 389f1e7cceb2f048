// Where a transport problem is validated, once; every solver may then trust it.
import { checkOptions, type NumericArray } from '@brenier/errors';
import { checkGeometry } from '../geometry/check-geometry.js';
import { hasForbiddenPairs } from '../geometry/forbidden-pairs.js';
import type { Geometry } from '../geometry/geometry.js';
import { largestCostOf } from '../geometry/largest-cost.js';
import { findAllowedFlow, type Obstruction } from './allowed-flow.js';
import { checkCostOfMass } from './mass-scale.js';
import { readMasses } from './read-masses.js';
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
 *   weight is negative or not finite, all weights are zero, their total lies outside [1e-270, 1e290] or exceeds 1e290
 *   over the largest cost, the totals differ, an option is unknown, or the allowed pairs cannot carry the mass: the
 *   message then names rows whose mass exceeds that of all columns allowed to them
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
  const { a, b, mass, isAssignment } = readMasses(rows, columns, given);
  // A geometry has no costs above 1e290 / (rows + columns).
  if (mass > rows + columns) checkCostOfMass(largestCostOf(geometry), mass);
  const problem: TransportProblem = Object.freeze({ geometry, a, b, mass, isAssignment });
  checkFeasible(problem);
  return problem;
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
