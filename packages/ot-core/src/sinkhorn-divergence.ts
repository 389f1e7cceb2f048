// The debiased Sinkhorn divergence: entropic transport with its own bias subtracted.
import { checkOptions } from '@brenier/errors';
import type { PointsInput } from './geometry/as-point-cloud.js';
import type { PointCloud } from './geometry/geometry.js';
import { pointClouds } from './geometry/point-clouds.js';
import { createTransportProblem } from './problem/create-transport-problem.js';
import { POINTS_OPTIONS, type SinkhornPointsOptions } from './sinkhorn.js';
import { runSync } from './solver/run.js';
import { sinkhornSolver, type SinkhornResult } from './solver/sinkhorn.js';
import type { SolveStatus } from './solver/solver.js';

/** The answer of {@link sinkhornDivergence}. Plain data. */
export interface SinkhornDivergenceResult {
  /** `'converged'` where all three solves converged, otherwise the status of the first that did not. */
  readonly status: SolveStatus;
  /**
   * OT_ε(x, y) − ½ OT_ε(x, x) − ½ OT_ε(y, y). At least 0, up to the tolerance, for the costs ‖x−y‖₂^q with q ≤ 2; may be
   * negative for others.
   */
  readonly divergence: number;
  /** The same combination of the transport costs ⟨C,P⟩, without the entropy: POT's convention. May be below 0. */
  readonly sharpDivergence: number;
  /** OT_ε(x, y), the entropic cost between the clouds. */
  readonly entropicCost: number;
  /** OT_ε(x, x). */
  readonly selfCostX: number;
  /** OT_ε(y, y). */
  readonly selfCostY: number;
  /** Derivative of the divergence by the masses `a`, up to a constant: f_xy − f_xx, shape [n]. */
  readonly f: Float64Array;
  /** Derivative by the masses `b`, up to a constant: g_xy − g_yy, shape [m]. */
  readonly g: Float64Array;
  /** Sweeps of the three solves together. */
  readonly iterations: number;
}

/**
 * Computes the debiased Sinkhorn divergence between two weighted clouds.
 *
 * Entropic transport from a cloud to itself costs more than 0; subtracting half of that at each end gives a number that is
 * 0 for equal measures, between W_p^p (ε → 0) and a kernel distance (ε → ∞). It is positive for all others where
 * e^(−c/ε) is a positive definite kernel: for ‖x−y‖₂^q with q ≤ 2, the default among them. For other powers and norms it
 * may be negative. Each OT_ε is the dual value, whose error is of second order in the marginal error. Cost: three solves
 * of {@link sinkhorn}.
 *
 * @param x - n points, shape [n, dim]
 * @param y - m points, shape [m, dim]
 * @param options - as for {@link sinkhorn}; ε in units of cost
 * @returns the divergence, its three terms, and the derivatives by the masses
 * @throws TypeError or RangeError as {@link sinkhorn}
 *
 * @see Feydy, Séjourné, Vialard, Amari, Trouvé and Peyré, Interpolating between optimal transport and MMD using
 *   Sinkhorn divergences (2019), equation (3) and theorem 1
 *
 * @example
 * A cloud is at distance 0 from itself, whatever ε.
 * ```ts
 * import { sinkhornDivergence } from '@brenier/ot-core';
 *
 * const x = [[0], [1]];
 * sinkhornDivergence(x, x, { epsilon: 0.5 }).divergence; // => 0
 * sinkhornDivergence(x, [[2], [3]], { epsilon: 0.5 }).divergence.toFixed(6); // => '4.000000'
 * ```
 */
export function sinkhornDivergence(
  x: PointsInput,
  y: PointsInput,
  options: SinkhornPointsOptions,
): SinkhornDivergenceResult {
  const { cost, dim, a, b, ...solverOptions } = checkOptions('options', options, POINTS_OPTIONS);
  const geometry = pointClouds(x, y, { cost, dim });
  const solver = sinkhornSolver(solverOptions);
  const problem = createTransportProblem(geometry, { a, b });
  const toItself = (cloud: PointCloud, masses: Float64Array): SinkhornResult =>
    runSync(solver, createTransportProblem(pointClouds(cloud, cloud, { cost }), { a: masses, b: masses }));
  const xy = runSync(solver, problem);
  const xx = toItself(geometry.x, problem.a);
  const yy = toItself(geometry.y, problem.b);
  return {
    status: [xy, xx, yy].find(({ status }) => status !== 'converged')?.status ?? 'converged',
    divergence: xy.entropicCost - (xx.entropicCost + yy.entropicCost) / 2,
    sharpDivergence: xy.cost - (xx.cost + yy.cost) / 2,
    entropicCost: xy.entropicCost,
    selfCostX: xx.entropicCost,
    selfCostY: yy.entropicCost,
    f: difference(xy.f, xx),
    g: difference(xy.g, yy),
    iterations: xy.iterations + xx.iterations + yy.iterations,
  };
}

/** A potential minus the symmetric potential (f + g)/2 of a cloud to itself. */
function difference(potential: Float64Array, { f, g }: SinkhornResult): Float64Array {
  return potential.map((value, i) => value - (f[i] + g[i]) / 2);
}
