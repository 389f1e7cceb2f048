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
import type { Geometry } from '../geometry/geometry.js';
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
 * differ by at most 1e-9 relatively, `b` is rescaled to the total of `a`. Cost O(rows + columns); the weights are
 * copied.
 *
 * @param geometry - what a unit of mass pays, from `pointClouds` or `costMatrix`
 * @returns a frozen problem; plain data, `postMessage` works
 * @throws TypeError where `geometry` is none or weights are no numbers; RangeError where a length does not fit, a
 *   weight is negative or not finite, all weights are zero, the totals differ, or an option is unknown
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
  const a = given.a === undefined ? undefined : readWeights('a', given.a, rows);
  const b = given.b === undefined ? undefined : readWeights('b', given.b, columns);
  const mass = a !== undefined ? totalMass(a) : b !== undefined ? totalMass(b) : 1;
  return assemble(geometry, a ?? equalWeights(rows, mass), b ?? equalWeights(columns, mass), mass);
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
