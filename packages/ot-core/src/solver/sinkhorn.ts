import { pow } from '@brenier/elementary';
import { checkInteger, checkNonNegative, checkOptions, checkPositive, checkWithin } from '@brenier/errors';
import { certifyEntropic, type EntropicCertificate } from '../certificate/certify-entropic.js';
import type { ImplicitCoupling } from '../coupling/coupling.js';
import { largestCostOf } from '../geometry/largest-cost.js';
import { checkProblem } from '../problem/check-problem.js';
import type { TransportProblem } from '../problem/transport-problem.js';
import { createGibbsRows } from './sinkhorn/gibbs-rows.js';
import { OverRelaxation } from './sinkhorn/over-relaxation.js';
import { advanceSweep, type SinkhornState, softMinOfColumn } from './sinkhorn/sweep.js';
import type { IterativeSolver, SolveStatus } from './solver.js';
import type { TransportResult } from './transport-result.js';

/** A geometric descent of ε towards its target, one sweep per value. */
export interface EpsilonSchedule {
  /** ε of the first sweep, in units of cost; has no effect below the target. */
  readonly start: number;
  /** Factor from one sweep to the next, in (0, 1). Default 0.5. */
  readonly decay?: number;
}

/** Options of {@link sinkhornSolver}. */
export interface SinkhornSolverOptions {
  /** Weight of KL(P | a⊗b), in units of cost, above 0. The smaller, the closer to exact transport, and the slower. */
  readonly epsilon: number;
  /** Stop where Σ_i |P1 − a| + Σ_j |Pᵀ1 − b| is at most this part of the mass. Default 1e-9. */
  readonly tolerance?: number;
  /** Most sweeps (updates of f and g). Default 10,000. */
  readonly maxIterations?: number;
  /** Start with a larger ε. Default: none. */
  readonly epsilonSchedule?: EpsilonSchedule;
  /**
   * ω in [1, 1.99], safeguarded; `'auto'` finds it from the observed rate; 1 is the plain method, which needs fewer sweeps
   * on some problems of a few points. Default `'auto'`.
   */
  readonly overRelaxation?: number | 'auto';
  /** Bytes that may be spent to keep the kernel between sweeps; above, it is recomputed. Default 2²⁸ (256 MiB). */
  readonly memoryLimit?: number;
}

/** The answer of Sinkhorn's method. */
export interface SinkhornResult extends TransportResult<ImplicitCoupling> {
  /** The proof: `dual` bounds the entropic optimum from below, `objective` is what the plan itself costs. */
  readonly certificate: EntropicCertificate;
  /**
   * The entropic cost ⟨C,P⟩ + ε KL(P | a⊗b) at the optimum, from the dual: a lower bound whose error is of second order
   * in the marginal error.
   */
  readonly entropicCost: number;
  /** Weight of KL(P | a⊗b). */
  readonly epsilon: number;
}

/** What a running solve reports. */
export interface SinkhornProgress {
  /** Finished sweeps. */
  readonly iterations: number;
  /** L1 error of both marginals, relative to the mass. */
  readonly marginalError: number;
  /** ε of the present sweep. */
  readonly epsilon: number;
  /** ω of the present sweep. */
  readonly overRelaxation: number;
}

/** The state of a solve between steps. Opaque: pass it to the solver that made it. */
export interface SinkhornSolverState {
  /** @internal */
  readonly sinkhorn: SinkhornState;
}

/** Sinkhorn's method, and the plan of a solve without its proof. */
export interface SinkhornSolver extends IterativeSolver<
  TransportProblem,
  SinkhornSolverState,
  SinkhornProgress,
  SinkhornResult
> {
  /**
   * The plan alone, at any point where `result` may be called: for whoever needs thousands of small ones and no proofs.
   * It saves the certificate's sweep, at 500 points as much time as ten sweeps take.
   */
  coupling(state: SinkhornSolverState): ImplicitCoupling;
}

/** The options of {@link sinkhornSolver}. */
export const SINKHORN_OPTIONS = [
  'epsilon',
  'tolerance',
  'maxIterations',
  'epsilonSchedule',
  'overRelaxation',
  'memoryLimit',
] as const;

/**
 * Entropic optimal transport by Sinkhorn's method in the log domain: IPFP, RAS, matrix scaling, Bregman projections.
 *
 * Minimises ⟨C,P⟩ + ε KL(P | a⊗b) over plans with marginals a and b. A sweep is f_i ← −ε log Σ_j b_j exp((g_j −
 * c_ij)/ε), then the same for g; all sums are taken relative to their largest term, so neither a small nor a large ε
 * overflows. Terms are kept and only rescaled while that is safe (absorption, Schmitzer 2019), recomputed where it is
 * not: an exponential per pair then serves both halves of a sweep. Over-relaxation is safeguarded by the dual: it cannot diverge, but may be slower. Zero
 * weights carry no mass; their potential is the soft-min. Forbidden pairs carry none either; where no feasible plan has
 * mass on all the others, the number of sweeps grows like 1/tolerance.
 *
 * Cost per sweep O(rows · columns), plus an exponential and a cost each where terms are recomputed; memory as {@link
 * SinkhornSolverOptions.memoryLimit} says, O(rows + columns) at least. Slow, never wrong, for ε below about 1e-3 of the
 * mean cost: the number of sweeps grows like 1/ε; and marginals cannot close beyond rounding, about 1e-16 · (largest
 * cost)/ε.
 *
 * @param options - ε and when to stop
 * @returns a solver for {@link run} and {@link runSync}; holds options only
 * @throws TypeError or RangeError for values outside the ranges above and for unknown options; `init` throws where ε is
 *   below 2⁻⁵³ of the largest cost
 *
 * @see Cuturi, Sinkhorn distances (2013); Schmitzer, Stabilized sparse scaling algorithms for entropy regularized
 *   transport problems (2019), Algorithm 2; Peyré and Cuturi, Computational Optimal Transport (2019), chapter 4
 *
 * @example
 * Two points to two points at ε = 1: ⟨C,P⟩ is the odds of a wrong match, 1/(1 + e).
 * ```ts
 * import { costMatrix, createTransportProblem, runSync, sinkhornSolver } from '@brenier/ot-core';
 *
 * const problem = createTransportProblem(costMatrix([[0, 1], [1, 0]]));
 * const { cost } = runSync(sinkhornSolver({ epsilon: 1 }), problem);
 * cost; // => 0.2689414213699951
 * ```
 */
export function sinkhornSolver(options: SinkhornSolverOptions): SinkhornSolver {
  const settings = checkSolverOptions(options);
  return {
    init: (problem) => ({ sinkhorn: createState(problem, settings) }),
    step: ({ sinkhorn }) => advanceSweep(sinkhorn),
    status: ({ sinkhorn }) => statusOf(sinkhorn, settings),
    progress: ({ sinkhorn }) => ({
      iterations: sinkhorn.sweeps,
      marginalError: sinkhorn.marginalError,
      epsilon: sinkhorn.epsilon,
      overRelaxation: sinkhorn.relaxation.omega,
    }),
    result: ({ sinkhorn }, status) => resultOf(sinkhorn, settings, status),
    coupling: ({ sinkhorn }) => planOf(sinkhorn, settings),
    dispose: ({ sinkhorn }) => sinkhorn.rows.dispose(),
  };
}

type Settings = Required<Omit<SinkhornSolverOptions, 'epsilonSchedule'>> & {
  readonly start: number;
  readonly decay: number;
};

function checkSolverOptions(options: SinkhornSolverOptions): Settings {
  const given = checkOptions('options', options, SINKHORN_OPTIONS);
  const { overRelaxation = 'auto', epsilonSchedule, tolerance = 1e-9 } = given;
  const { maxIterations = 10_000, memoryLimit = 2 ** 28 } = given;
  const epsilon = checkPositive('epsilon', given.epsilon);
  const { start = epsilon, decay = 0.5 } = checkOptions('epsilonSchedule', epsilonSchedule, ['start', 'decay']);
  return {
    epsilon,
    tolerance: checkNonNegative('tolerance', tolerance),
    maxIterations: checkInteger('maxIterations', maxIterations, 1),
    overRelaxation: overRelaxation === 'auto' ? overRelaxation : checkWithin('overRelaxation', overRelaxation, 1, 1.99),
    memoryLimit: checkNonNegative('memoryLimit', memoryLimit),
    start: Math.max(epsilon, checkPositive('epsilonSchedule.start', start)),
    decay: checkWithin('epsilonSchedule.decay', decay, Number.MIN_VALUE, 1 - Number.EPSILON),
  };
}

/** The reference a⊗b squares the mass, and must neither overflow nor vanish. */
function checkMass({ mass }: TransportProblem): void {
  if (mass >= 1e-150 && mass <= 1e150) return;
  throw new RangeError(`"a" expected a total mass in [1e-150, 1e150], got ${mass}: rescale the weights`);
}

/** Beyond this, potentials in units of ε have no digits left: their rounding alone exceeds 1. */
const LARGEST_COST_IN_EPSILON = 2 ** 53;

function checkResolution({ geometry }: TransportProblem, epsilon: number): void {
  const largestCost = largestCostOf(geometry);
  if (largestCost <= LARGEST_COST_IN_EPSILON * epsilon) return;
  throw new RangeError(`"epsilon" expected at least 2^-53 of the largest cost ${largestCost}, got ${epsilon}: use emd`);
}

function createState(
  problem: TransportProblem,
  { epsilon, start, decay, overRelaxation, memoryLimit }: Settings,
): SinkhornState {
  checkMass(checkProblem('problem', problem));
  checkResolution(problem, epsilon);
  return {
    problem,
    rows: createGibbsRows(problem, memoryLimit),
    relaxation: new OverRelaxation(overRelaxation),
    f: new Float64Array(problem.a.length),
    g: new Float64Array(problem.b.length),
    base: new Float64Array(problem.a.length),
    epsilon: start,
    epsilonOf: (sweep) => Math.max(epsilon, start * pow(decay, sweep)),
    sweeps: 0,
    cursor: 0,
    isBuilding: true,
    rowError: 0,
    marginalError: Infinity,
  };
}

function statusOf(state: SinkhornState, { epsilon, tolerance, maxIterations }: Settings): 'running' | SolveStatus {
  if (state.cursor > 0 || state.sweeps === 0) return 'running';
  if (state.epsilon === epsilon && state.marginalError <= tolerance) return 'converged';
  return state.sweeps >= maxIterations ? 'max-iterations' : 'running';
}

function resultOf(state: SinkhornState, settings: Settings, status: SolveStatus): SinkhornResult {
  const coupling = planOf(state, settings);
  const { f, g, epsilon } = coupling;
  const certificate = certifyEntropic(state.problem, f, g, epsilon);
  return {
    status,
    cost: certificate.primal,
    entropicCost: certificate.dual,
    epsilon,
    coupling,
    f,
    g,
    certificate,
    iterations: state.sweeps,
  };
}

function planOf(state: SinkhornState, { epsilon }: Settings): ImplicitCoupling {
  settle(state, epsilon);
  const { geometry, a, b } = state.problem;
  const { rows, columns } = geometry;
  const f = state.f.slice();
  const g = state.g.map((each, j) => (b[j] === 0 ? softMinOfColumn(state, j) : each));
  return { kind: 'implicit', rows, columns, geometry, a, b, f, g, epsilon };
}

/**
 * Finishes the sweep in progress, and where ε is not yet at its target goes there for one sweep: f then belongs to g
 * and to ε.
 */
function settle(state: SinkhornState, epsilon: number): void {
  while (state.cursor > 0) advanceSweep(state);
  if (state.sweeps > 0 && state.epsilon === epsilon) return;
  state.epsilonOf = () => epsilon;
  do advanceSweep(state);
  while (state.cursor > 0);
}
