// Fresh points to the targets of a semidiscrete plan.
import { withKernels } from '@brenier/kernels';
import { checkRng, type Rng } from '@brenier/random';
import { asPointCloud, type PointsInput } from '../geometry/as-point-cloud.js';
import { createRowVisitor } from './laguerre-cells.js';
import { checkSemidiscretePlan, type SemidiscretePlan } from './semidiscrete-plan.js';

/**
 * The target that each point goes to: the index of its Laguerre cell.
 *
 * With ε > 0 the likeliest target; {@link drawCells} draws from the plan instead. Of ties the first index. Cost O(n ·
 * dim) a point for n targets, in SIMD.
 *
 * @param plan - from `semidiscrete`, or read again after it was saved
 * @param points - shape [count, dim], in any form of {@link PointsInput}; a flat array is read by the target's dimension
 * @returns an index into the target for each point, shape [count]
 * @throws TypeError or RangeError where the plan or the points are not valid, or their dimensions differ
 *
 * @see Aurenhammer, Hoffmann and Aronov, Minkowski-type theorems and least-squares clustering (1998)
 *
 * @example
 * With equal potentials the nearest target; a larger potential widens a cell.
 * ```ts
 * import { assignCells } from '@brenier/ot-core';
 *
 * const target = { points: Float64Array.of(0, 1), count: 2, dim: 1 };
 * const b = Float64Array.of(0.5, 0.5);
 * assignCells({ target, b, g: Float64Array.of(0, 0), epsilon: 0 }, [0.4, 0.6]); // => Int32Array.of(0, 1)
 * assignCells({ target, b, g: Float64Array.of(0.2, -0.2), epsilon: 0 }, [0.4, 0.6]); // => Int32Array.of(0, 0)
 * ```
 */
export function assignCells(plan: SemidiscretePlan, points: PointsInput): Int32Array {
  const { target, g } = checkSemidiscretePlan('plan', plan);
  const cloud = asPointCloud('points', points, target.dim);
  const cells = new Int32Array(cloud.count);
  withKernels((kernels) => {
    createRowVisitor(kernels, plan)(cloud.points, g, (i, row) => (cells[i] = row.likeliest));
  });
  return cells;
}

/**
 * A target for each point, drawn from the plan: with probability P(y_j | x).
 *
 * For ε = 0 there is nothing to draw and the answer is that of {@link assignCells}. Cost O(n · dim) a point for n
 * targets, with an exponential for each.
 *
 * @param rng - where the randomness comes from: one uniform number a point, in order, for ε > 0
 * @param plan - from `semidiscrete`, or read again after it was saved
 * @param points - shape [count, dim], in any form of {@link PointsInput}; a flat array is read by the target's dimension
 * @returns an index into the target for each point, shape [count]
 * @throws TypeError or RangeError where the generator, the plan or the points are not valid, or dimensions differ
 *
 * @example
 * Halfway between two targets of equal weight both are drawn.
 * ```ts
 * import { drawCells } from '@brenier/ot-core';
 * import { createRng } from '@brenier/random';
 *
 * const target = { points: Float64Array.of(0, 1), count: 2, dim: 1 };
 * const plan = { target, b: Float64Array.of(0.5, 0.5), g: new Float64Array(2), epsilon: 0.1 };
 * const cells = drawCells(createRng(0), plan, new Float64Array(100).fill(0.5));
 * const right = cells.filter((cell) => cell === 1).length;
 * right > 30 && right < 70; // => true
 * ```
 */
export function drawCells(rng: Rng, plan: SemidiscretePlan, points: PointsInput): Int32Array {
  checkRng('rng', rng);
  const { target, g, epsilon } = checkSemidiscretePlan('plan', plan);
  if (epsilon === 0) return assignCells(plan, points);
  const cloud = asPointCloud('points', points, target.dim);
  const cells = new Int32Array(cloud.count);
  withKernels((kernels) => {
    createRowVisitor(kernels, plan)(cloud.points, g, (i, { shares, likeliest }) => {
      cells[i] = drawFrom(shares, rng.uniform(), likeliest);
    });
  });
  return cells;
}

/** The first index whose cumulative share exceeds a height; where rounding leaves none, the likeliest. */
function drawFrom(shares: Float64Array, height: number, likeliest: number): number {
  let sum = 0;
  for (let j = 0; j < shares.length; j++) {
    sum += shares[j];
    if (sum > height) return j;
  }
  return likeliest;
}
