/**
 * Semidiscrete optimal transport as a pairing (SD-FM): fresh starts, each with the point of the training set in whose
 * Laguerre cell it lies.
 *
 * A. Mousavi-Hosseini, S. Y. Zhang, M. Klein and M. Cuturi, Flow Matching with Semidiscrete Couplings (2025). The plan is
 * computed once, for the source and the whole set, so there is no bias of minibatches. Cost of a draw: O(count ·
 * targets · dim), no matter how the plan was made. The ends follow the set's weights as well as the plan's certificate
 * says.
 */
import {
  checkInteger,
  checkLength,
  checkNumericArray,
  checkOptions,
  describeValue,
  type NumericArray,
} from '@brenier/errors';
import { drawCells, type SemidiscretePlan } from '@brenier/ot-core';
import { checkRng } from '@brenier/random';
import { checkSource, drawChecked } from '../source/check-source.js';
import type { PointSource } from '../source/point-source.js';
import type { Pairing } from './pairing.js';

/** Options of {@link semidiscretePairing}. */
export interface SemidiscretePairingOptions {
  /** Class of each point of the plan's target, from 0; −1 for a point without one. Default: none have. */
  readonly label?: NumericArray;
}

/**
 * The coupling of a distribution with a finite set by a semidiscrete plan of `@brenier/ot-core`.
 *
 * Starts come from `rng.fork('source')`, as those of {@link independentPairing} do; for ε > 0 the ends are drawn with
 * `rng.fork('plan')`, for ε = 0 the starts decide them.
 *
 * @param source - the distribution that the plan was made for
 * @param plan - from `semidiscrete`, or read again after it was saved
 * @param options - classes of the target
 * @returns the pairing
 * @throws TypeError or RangeError where an argument is not valid or dimensions differ; a plan that is none may show
 *   itself at the first draw only
 *
 * @example
 * Half of the noise of a line goes to each of two points, and none of it crosses.
 * ```ts
 * import { semidiscretePairing, standardNormalSource } from '@brenier/flows';
 * import { semidiscrete } from '@brenier/ot-core';
 * import { createRng, fillNormal, type Rng } from '@brenier/random';
 *
 * const noise = (rng: Rng, count: number) => ({ points: fillNormal(rng, new Float64Array(count)), count, dim: 1 });
 * const plan = semidiscrete(createRng(0), noise, [[3], [4]]);
 * const pairing = semidiscretePairing(standardNormalSource({ dim: 1 }), plan);
 * const { x0, x1 } = pairing.draw(createRng(1), 1000);
 * const wall = Math.max(...x0.filter((_, i) => x1[i] === 3));
 * Math.abs(wall) < 0.1; // => true
 * x0.every((start, i) => start <= wall === (x1[i] === 3)); // => true
 * ```
 */
export function semidiscretePairing(
  source: PointSource,
  plan: SemidiscretePlan,
  options?: SemidiscretePairingOptions,
): Pairing {
  const { dim } = checkSource('source', source);
  const { label } = checkOptions('options', options, ['label']);
  const { points } = checkTarget(plan, dim);
  const labels = label === undefined ? undefined : checkLabels(label, points.length / dim);
  return {
    dim,
    name: `semidiscrete(epsilon ${plan.epsilon}, ${points.length / dim} targets)`,
    draw(rng, count) {
      checkRng('rng', rng);
      checkInteger('count', count, 1);
      const { points: x0 } = drawChecked('source', source, rng.fork('source'), count);
      const cells = drawCells(rng.fork('plan'), plan, x0);
      const x1 = new Float64Array(count * dim);
      cells.forEach((cell, i) => x1.set(points.subarray(cell * dim, (cell + 1) * dim), i * dim));
      return { x0, x1, ...(labels && { label: cells.map((cell) => labels[cell]) }) };
    },
  };
}

function checkTarget(plan: SemidiscretePlan, dim: number): SemidiscretePlan['target'] {
  const target = (plan as Partial<SemidiscretePlan> | undefined)?.target;
  if (!(target?.points instanceof Float64Array)) {
    throw new TypeError(`"plan" expected a plan from semidiscrete, got ${describeValue(plan)}`);
  }
  if (target.dim === dim) return target;
  throw new RangeError(`"plan.target.dim" expected ${dim}, the dimension of "source", got ${target.dim}`);
}

function checkLabels(label: NumericArray, count: number): Int32Array {
  checkLength('label', checkNumericArray('label', label), count);
  return Int32Array.from(label as ArrayLike<number>, (each, j) => checkInteger(`label[${j}]`, each, -1, 2 ** 31 - 1));
}
