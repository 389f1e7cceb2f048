// Exact optimal transport between two sets of numbers: the front door of the univariate solver.
import { checkOptions, type NumericArray } from '@brenier/errors';
import { certifyUnivariate, largestUnivariateCost } from './certificate/certify-univariate.js';
import type { SparseCoupling } from './coupling/coupling.js';
import { asPointCloud, type PointsInput } from './geometry/as-point-cloud.js';
import { checkCostScale } from './geometry/cost-scale.js';
import { checkCostOfMass } from './problem/mass-scale.js';
import { readMasses } from './problem/read-masses.js';
import { checkPower, rootOf } from './solver/power-cost.js';
import type { TransportResult } from './solver/transport-result.js';
import { solveUnivariate, univariateCost, type UnivariateProblem } from './solver/univariate.js';

/** Options of {@link wasserstein1d} and {@link wasserstein1dCost}. */
export interface Wasserstein1dOptions {
  /** Power of the cost |x − y|^p, at least 1. Default 2. */
  readonly p?: number;
  /**
   * Masses of `x`, shape [n], all >= 0. Default: equal masses, of total 1, or of the total of `b` where `b` is given.
   */
  readonly a?: NumericArray;
  /** Masses of `y`, shape [m], all >= 0. Default: equal masses with the total of `a`. */
  readonly b?: NumericArray;
}

/** The answer of {@link wasserstein1d}. */
export interface Wasserstein1dResult extends TransportResult<SparseCoupling> {
  /** W_p, the p-th root of `cost`. */
  readonly distance: number;
  /** Power of the cost. */
  readonly p: number;
}

/**
 * Solves optimal transport on the line exactly, for the cost |x − y|^p with any p ≥ 1 and any weights.
 *
 * The plan is monotone: the k-th quantile of `x` goes to the k-th quantile of `y`. The certificate covers all n · m
 * pairs. Cost O((n + m) log(n + m)), memory O(n + m).
 *
 * @param x - n numbers in any order
 * @param y - m numbers in any order
 * @param options - power and weights
 * @returns `cost` = ⟨|x − y|^p, P⟩, `distance` its p-th root, at most n + m − 1 plan entries, potentials with
 *   f_i + g_j ≤ |x_i − y_j|^p; `iterations` counts the cells of the staircase, n + m − 1
 * @throws TypeError or RangeError for empty input, NaN or infinite numbers, p below 1, weights that do not fit, unknown
 *   options, or costs that overflow
 *
 * @see Hoffman, On simple linear programming problems (1963); Peyré and Cuturi, Computational Optimal Transport (2019),
 *   section 2.6
 *
 * @example
 * Two numbers against two: 0 goes to 0 and 2 to 3.
 * ```ts
 * import { wasserstein1d } from '@brenier/ot-core';
 *
 * const { cost, coupling } = wasserstein1d([2, 0], [0, 3], { p: 2 });
 * cost; // => 0.5
 * Array.from(coupling.columnIndex); // => [1, 0]
 * ```
 */
export function wasserstein1d(x: PointsInput, y: PointsInput, options?: Wasserstein1dOptions): Wasserstein1dResult {
  const problem = readProblem(x, y, options);
  const { coupling, f, g, steps } = solveUnivariate(problem);
  const certificate = certifyUnivariate(problem, coupling, f, g);
  const cost = certificate.primal;
  const { p } = problem;
  return { status: 'optimal', cost, distance: rootOf(cost, p), p, coupling, f, g, certificate, iterations: steps };
}

/**
 * The cost of {@link wasserstein1d} alone: W_p^p without plan, potentials and certificate, at a fraction of the time.
 *
 * @param x - n numbers in any order
 * @param y - m numbers in any order
 * @param options - power and weights
 * @returns ⟨|x − y|^p, P⟩; its p-th root is the Wasserstein distance
 * @throws as {@link wasserstein1d}
 *
 * @example
 * Moving three numbers by one each.
 * ```ts
 * import { wasserstein1dCost } from '@brenier/ot-core';
 *
 * wasserstein1dCost([0, 1, 2], [1, 2, 3], { p: 1 }); // => 1
 * ```
 */
export function wasserstein1dCost(x: PointsInput, y: PointsInput, options?: Wasserstein1dOptions): number {
  const problem = readProblem(x, y, options);
  return univariateCost(problem);
}

function readProblem(x: PointsInput, y: PointsInput, options: Wasserstein1dOptions | undefined): UnivariateProblem {
  const { p = 2, a, b } = checkOptions('options', options, ['p', 'a', 'b']);
  const power = checkPower(p);
  const source = asPointCloud('x', x, 1);
  const target = asPointCloud('y', y, 1);
  const largestCost = largestUnivariateCost(source.points, target.points, power);
  checkCostScale('x, y', largestCost, source.count + target.count);
  const masses = readMasses(source.count, target.count, { a, b });
  checkCostOfMass(largestCost, masses.mass);
  return { x: source.points, y: target.points, a: masses.a, b: masses.b, p: power };
}
