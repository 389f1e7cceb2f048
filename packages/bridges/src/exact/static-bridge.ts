/**
 * The Schrödinger bridge between two weighted clouds: entropic optimal transport of their ends, and in between the bridges of the
 * reference. H. Föllmer, Random fields and diffusion processes (1988); C. Léonard, DCDS-A 34 (2014), for the reduction; A.-A. Pooladian,
 * J. Niles-Weed, Plug-in estimation of Schrödinger bridges (2024), for the drift of a Sinkhorn solve. With a and v the factor and the
 * variance of the reference's transition, −2v log q(y | x) = ‖y − a x‖² up to a constant, so the coupling is that of the clouds a x and y
 * at ε = 2v, which is 2σ² for Brownian motion. Cost: one Sinkhorn solve; drifts O(n) a point.
 */
import { log } from '@brenier/elementary';
import { checkOptions, type NumericArray } from '@brenier/errors';
import {
  asPointCloud,
  type PointsInput,
  sinkhorn,
  type SinkhornResult,
  type SinkhornSolverOptions,
} from '@brenier/ot-core';
import { type ArrayField, bridgeFlow } from '@brenier/samplers';
import { checkReference } from '../reference/check-reference.js';
import type { Reference } from '../reference/reference.js';
import { atomDrift } from './atom-drift.js';

/** Options of {@link schrodingerCoupling}. */
export interface SchrodingerCouplingOptions extends Omit<SinkhornSolverOptions, 'epsilon'> {
  /** The process that the bridge is nearest to. */
  readonly reference: Reference;
  /** Masses of the points at time 0, shape [n]. Default: equal masses of total 1. */
  readonly a?: NumericArray;
  /** Masses of the points at time 1, shape [m], with the total of `a`. Default: equal masses. */
  readonly b?: NumericArray;
  /** Coordinates per point; needed where `x` or `y` is a flat array. */
  readonly dim?: number;
}

/** The bridge between two clouds. */
export interface SchrodingerCoupling {
  /** The process that it is nearest to. */
  readonly reference: Reference;
  /** Coupling, potentials, certificate and status of the ends, for the costs ‖y − a x‖² with a the factor of its transition. */
  readonly ends: SinkhornResult;
  /** Drift forwards in time at any x and t in [0, 1). */
  readonly forward: ArrayField;
  /** Drift in reversed time at any x and t in (0, 1]. */
  readonly backward: ArrayField;
  /** Velocity of the probability flow, (forward − backward)/2, for t in (0, 1). */
  readonly velocity: ArrayField;
}

/**
 * The Schrödinger bridge between two weighted clouds, whose drifts are defined everywhere: at points of neither cloud they are those of
 * the bridge between the two empirical laws, an estimate for the laws that the clouds were drawn from.
 *
 * @param x - n points at time 0, in any form of `PointsInput`
 * @param y - m points at time 1
 * @param options - reference, masses, and when Sinkhorn's method stops
 * @returns coupling with certificate, and drifts; the cost of `sinkhorn`
 * @throws TypeError or RangeError where points, masses or options are not valid, the dimensions differ, or the variance of the reference
 *   is below 2⁻⁵⁴ of the largest squared distance
 *
 * @example
 * From two points to two others, apart by more than the noise: each goes to its own, and the drift at 0 leads there.
 * ```ts
 * import { brownian, schrodingerCoupling } from '@brenier/bridges';
 *
 * const { ends, forward } = schrodingerCoupling([[-5], [5]], [[-6], [7]], { reference: brownian({ sigma: 0.5 }) });
 * ends.status; // => 'converged'
 * const out = new Float64Array(2);
 * forward.evaluate(new Float64Array([-5, 5]), 0, out);
 * out.map((each) => Math.round(each * 1e9) / 1e9); // => [-1, 2]
 * ```
 */
export function schrodingerCoupling(
  x: PointsInput,
  y: PointsInput,
  options: SchrodingerCouplingOptions,
): SchrodingerCoupling {
  const { reference, dim, ...rest } = checkOptions('options', options, OPTION_NAMES);
  checkReference('reference', reference);
  const starts = asPointCloud('x', x, dim);
  const stops = asPointCloud('y', y, dim);
  const { factor, variance } = reference.transition(0, 1);
  const carried = { ...starts, points: starts.points.map((each) => factor * each) };
  const epsilon = 2 * variance;
  const ends = sinkhorn(carried, stops, { ...rest, epsilon });
  const logWeights = (masses: Float64Array, potential: Float64Array): Float64Array =>
    potential.map((each, i) => log(masses[i]) + each / epsilon);
  const forward = atomDrift(reference, stops, logWeights(ends.coupling.b, ends.g), 'forward');
  const backward = atomDrift(reference, starts, logWeights(ends.coupling.a, ends.f), 'backward');
  return { reference, ends, forward, backward, velocity: bridgeFlow(forward, backward) };
}

const OPTION_NAMES = [
  'reference',
  'a',
  'b',
  'dim',
  'tolerance',
  'maxIterations',
  'epsilonSchedule',
  'overRelaxation',
  'memoryLimit',
] as const;
