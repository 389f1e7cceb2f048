import { checkFiniteArray, checkInteger, checkLength, checkNonNegative, checkNumericArray } from '@brenier/errors';
import { checkOptions, checkPositive, describeValue, type NumericArray } from '@brenier/errors';
import { type Kernels, leaseKernels, returnKernels } from '@brenier/kernels';
import { CellTally, type MeanEstimate } from '../certificate/cell-tally.js';
import { certifySemidiscrete, type SemidiscreteCertificate } from '../certificate/certify-semidiscrete.js';
import { createRowVisitor } from '../coupling/laguerre-cells.js';
import type { SemidiscretePlan } from '../coupling/semidiscrete-plan.js';
import type { SemidiscreteProblem } from '../problem/semidiscrete-problem.js';
import { ascend, type AveragedAscent, createAscent } from './semidiscrete/averaged-ascent.js';
import { createWarmStart, defaultWarmStart, type WarmStart } from './semidiscrete/warm-start.js';
import type { IterativeSolver, SolveStatus } from './solver.js';

/** Options of {@link semidiscreteSolver}. */
export interface SemidiscreteSolverOptions {
  /** Weight of KL(P | a⊗b), in units of cost; 0 for exact transport, to Laguerre cells. Default 0. */
  readonly epsilon?: number;
  /**
   * Stop where the root of χ² = Σ (p_j − b_j)²/b_j is below it, with two standard errors: the relative error of a cell's
   * mass. Draws grow with its inverse square. It does not judge cells of weight below its square: without any mass they
   * add less than that to χ². Default 0.05.
   */
  readonly tolerance?: number;
  /** Draws of one step of the ascent. Default 256. */
  readonly batchSize?: number;
  /** Most steps of the ascent. Default 50,000. */
  readonly maxIterations?: number;
  /** Multiplies the step that the spread and the number of targets suggest. Default 1. */
  readonly stepSize?: number;
  /**
   * Draws whose exact transport to the target gives the first potential; 0 for none. Default: as many as there are
   * targets, up to 20,000 in at most 8 dimensions, else 0.
   */
  readonly warmStart?: number;
  /** A potential to go on from, shape [targets], as of an earlier result; then there is no warm start. Default: none. */
  readonly g?: NumericArray;
  /** Draws for the certificate of the result, at least 2. Default 16,384. */
  readonly certificateDraws?: number;
}

/** The answer of {@link semidiscreteSolver}: a plan with its certificate. Plain data. */
export interface SemidiscreteResult extends SemidiscretePlan {
  /** How the solve ended. */
  readonly status: SolveStatus;
  /** ⟨C,P⟩, estimated: `certificate.cost.mean`. */
  readonly cost: number;
  /** The judgement of fresh draws. */
  readonly certificate: SemidiscreteCertificate;
  /** Steps of the ascent. */
  readonly iterations: number;
}

/** What a running solve reports. */
export interface SemidiscreteProgress {
  /** What it is doing: exact transport of some draws, ascent, or estimating the masses of the cells. */
  readonly phase: 'warm-start' | 'ascent' | 'evaluation';
  /** Steps of the ascent so far. */
  readonly iterations: number;
  /** The latest estimate of χ² of the averaged potential; `Infinity` before the first. */
  readonly chiSquare: MeanEstimate;
}

/** The state of a solve between steps. Opaque: pass it to the solver that made it. */
export interface SemidiscreteSolverState {
  /** @internal */
  readonly semidiscrete: State;
}

interface State {
  readonly problem: SemidiscreteProblem;
  readonly settings: Settings;
  readonly kernels: Kernels;
  warmStart: WarmStart | undefined;
  ascent: AveragedAscent;
  evaluation: CellTally | undefined;
  evaluations: number;
  nextEvaluation: number;
  chiSquare: MeanEstimate;
  status: 'running' | SolveStatus;
}

/** The options of {@link semidiscreteSolver}. */
export const SEMIDISCRETE_OPTIONS = [
  'epsilon',
  'tolerance',
  'batchSize',
  'maxIterations',
  'stepSize',
  'warmStart',
  'g',
  'certificateDraws',
] as const;

/**
 * Semidiscrete optimal transport by averaged stochastic gradient ascent: ASGD on the semi-dual, stochastic Laguerre cells.
 *
 * Maximises E f_g(X) + Σ b_j g_j over the potential g of the target, f_g(x) = min_j ‖x−y_j‖² − g_j, or its soft minimum for
 * ε > 0. The gradient is b − p, the missing masses of the cells; a step sees those of one batch of draws. Iterates are
 * averaged with weights in proportion to their number, steps fall like k^−½. The start is the potential of an exact
 * discrete solve, and the end is where a fresh sample says that the cells have their masses: a sample large enough to
 * say so, since the estimate of χ² has no bias.
 *
 * About targets/tolerance² draws are needed, whatever the method: with fewer nobody can tell the masses of the cells.
 * Each costs O(targets · dim); memory O(targets · dim). Two equal points of the target cannot share a cell for ε = 0:
 * merge them. A result that is stopped early is a valid plan all the same, of which the certificate says how far it is.
 *
 * @param options - ε, when to stop, steps
 * @returns a solver for {@link run} and {@link runSync}; holds options only. Same bits on every machine
 * @throws TypeError or RangeError for unknown options or values out of range; `init` throws where `g` has another length
 *   than the target
 *
 * @see Genevay, Cuturi, Peyré and Bach, Stochastic optimization for large-scale optimal transport (2016), algorithm 2;
 *   Mousavi-Hosseini, Zhang, Klein and Cuturi, Flow matching with semidiscrete couplings (2025); Kitagawa, Mérigot and
 *   Thibert, Convergence of a Newton algorithm for semi-discrete optimal transport (2019) for the derivatives
 *
 * @example
 * A quarter of the unit interval goes to its left end: the wall between the cells is at ¼.
 * ```ts
 * import { createSemidiscreteProblem, runSync, semidiscreteSolver } from '@brenier/ot-core';
 * import { createRng, fillUniform, type Rng } from '@brenier/random';
 *
 * const interval = (rng: Rng, count: number) => ({ points: fillUniform(rng, new Float64Array(count)), count, dim: 1 });
 * const problem = createSemidiscreteProblem(createRng(0), interval, [[0], [1]], { b: [1, 3] });
 * const { g, status } = runSync(semidiscreteSolver(), problem);
 * status; // => 'converged'
 * const wall = (1 + g[0] - g[1]) / 2;
 * Math.abs(wall - 0.25) < 0.03; // => true
 * ```
 */
export function semidiscreteSolver(
  options?: SemidiscreteSolverOptions,
): IterativeSolver<SemidiscreteProblem, SemidiscreteSolverState, SemidiscreteProgress, SemidiscreteResult> {
  const settings = checkSolverOptions(options);
  return {
    init: (problem) => ({ semidiscrete: createState(problem, settings) }),
    step: ({ semidiscrete }) => advance(semidiscrete),
    status: ({ semidiscrete }) => semidiscrete.status,
    progress: ({ semidiscrete }) => ({
      phase: semidiscrete.warmStart ? 'warm-start' : semidiscrete.evaluation ? 'evaluation' : 'ascent',
      iterations: semidiscrete.ascent.batches,
      chiSquare: semidiscrete.chiSquare,
    }),
    result: ({ semidiscrete }, status) => resultOf(semidiscrete, status),
    dispose: ({ semidiscrete }) => {
      semidiscrete.warmStart?.dispose();
      returnKernels(semidiscrete.kernels);
    },
  };
}

type Settings = ReturnType<typeof checkSolverOptions>;

function checkSolverOptions(options: SemidiscreteSolverOptions | undefined) {
  const given = checkOptions('options', options, SEMIDISCRETE_OPTIONS);
  return {
    epsilon: checkNonNegative('epsilon', given.epsilon ?? 0),
    tolerance: checkPositive('tolerance', given.tolerance ?? 0.05),
    batchSize: checkInteger('batchSize', given.batchSize ?? 256, 1, 2 ** 20),
    maxIterations: checkInteger('maxIterations', given.maxIterations ?? 50_000, 0),
    stepSize: checkPositive('stepSize', given.stepSize ?? 1),
    warmStart: given.warmStart === undefined ? undefined : checkInteger('warmStart', given.warmStart, 0, 2 ** 30),
    g: given.g === undefined ? undefined : checkFiniteArray('g', checkNumericArray('g', given.g)),
    certificateDraws: checkInteger('certificateDraws', given.certificateDraws ?? 16_384, 2),
  };
}

function createState(problem: SemidiscreteProblem, settings: Settings): State {
  if (typeof problem?.draw !== 'function' || !problem.target || !problem.b) {
    throw new TypeError(`"problem" expected a problem from createSemidiscreteProblem, got ${describeValue(problem)}`);
  }
  const { count } = problem.target;
  const given = settings.g && Float64Array.from(checkLength('g', settings.g, count));
  const draws = given ? 0 : (settings.warmStart ?? defaultWarmStart(problem));
  const warmStart = draws > 0 ? createWarmStart(problem, draws) : undefined;
  const kernels = leaseKernels();
  const visitRows = createRowVisitor(kernels, { ...problem, epsilon: settings.epsilon });
  return {
    problem,
    settings,
    kernels,
    warmStart,
    ascent: createAscent(visitRows, problem.b, given ?? new Float64Array(count), settings),
    evaluation: undefined,
    evaluations: 0,
    nextEvaluation: 0,
    chiSquare: { mean: Infinity, standardError: Infinity },
    status: 'running',
  };
}

function advance(state: State): void {
  const { problem, settings, ascent } = state;
  if (state.warmStart) {
    const g = state.warmStart.advance();
    if (g === undefined) return;
    state.warmStart.dispose();
    state.warmStart = undefined;
    state.ascent = createAscent(ascent.visitRows, problem.b, g, settings);
    return;
  }
  if (ascent.batches === state.nextEvaluation || ascent.batches === settings.maxIterations) return evaluate(state);
  const { points } = problem.draw(problem.rng.fork('ascent').fork(ascent.batches), settings.batchSize);
  ascend(ascent, points);
}

/** Draws of an evaluation before it may end with a refusal. */
const FEWEST_DRAWS = 2048;

/** One batch of an evaluation: it ends early where the potential is surely not good enough, else when it can tell. */
function evaluate(state: State): void {
  const { problem, settings, ascent } = state;
  const { tolerance, batchSize, epsilon, maxIterations } = settings;
  const tally = (state.evaluation ??= new CellTally(problem.target.count));
  const stream = problem.rng.fork('evaluation').fork(state.evaluations).fork(tally.count);
  tally.add(ascent.visitRows, problem.draw(stream, batchSize).points, ascent.average, { epsilon });
  const { mean, standardError } = (state.chiSquare = tally.chiSquare(problem.b));
  const isRefused = tally.count >= FEWEST_DRAWS && mean - 3 * standardError > tolerance * tolerance;
  const isComplete = tally.count >= drawsToTell(problem.target.count, tolerance);
  if (!isRefused && !isComplete) return;
  state.evaluation = undefined;
  state.evaluations++;
  if (isComplete && mean + 2 * standardError <= tolerance * tolerance) state.status = 'converged';
  else if (ascent.batches === maxIterations) state.status = 'max-iterations';
  // No fewer draws than a quarter of what the tolerance needs can pass; later, each try follows 1.4 times the draws.
  const fewest = problem.target.count / (4 * tolerance * tolerance * batchSize);
  state.nextEvaluation = Math.max(Math.ceil(fewest), Math.ceil(1.4 * ascent.batches), ascent.batches + 1);
}

/** With it two standard errors of χ² are half of the square of the tolerance, for many targets. */
function drawsToTell(targets: number, tolerance: number): number {
  return Math.max(FEWEST_DRAWS, (4 * Math.sqrt(2 * targets)) / (tolerance * tolerance));
}

function resultOf({ problem, settings, ascent }: State, status: SolveStatus): SemidiscreteResult {
  const { rng, draw, target, b } = problem;
  const g = centred(ascent.average, b);
  const plan = { target, b, g, epsilon: settings.epsilon };
  const certificate = certifySemidiscrete(rng.fork('certificate'), draw, plan, { draws: settings.certificateDraws });
  return { ...plan, status, cost: certificate.cost.mean, certificate, iterations: ascent.batches };
}

/** A potential moved by the constant that makes Σ b_j g_j = 0. */
function centred(g: Float64Array, b: Float64Array): Float64Array {
  const shift = g.reduce((sum, each, j) => sum + each * b[j], 0);
  return g.map((each) => each - shift);
}
