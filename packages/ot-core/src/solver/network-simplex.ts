import { checkFlag, checkInteger, checkOptions, checkPositive } from '@brenier/errors';
import { certifyExact } from '../certificate/certify-exact.js';
import { certifyStopped, type StoppedBound } from '../certificate/certify-stopped.js';
import type { ExactCertificate } from '../certificate/exact-certificate.js';
import type { PermutationCoupling, SparseCoupling } from '../coupling/coupling.js';
import { transportCost } from '../coupling/transport-cost.js';
import { checkProblem } from '../problem/check-problem.js';
import type { TransportProblem } from '../problem/transport-problem.js';
import { completePotentials } from './network-simplex/complete-potentials.js';
import { feasiblePlan } from './network-simplex/feasible-plan.js';
import type { NetworkSimplexProgress } from './network-simplex/progress.js';
import { dualValue } from './network-simplex/problem-bound.js';
import { lowerMassless, type Potentials } from './network-simplex/simple-potentials.js';
import { SimplexMemory } from './network-simplex/simplex-memory.js';
import { bytesFor, checkSnapshot, type NetworkSimplexSnapshot } from './network-simplex/snapshot.js';
import { Standby } from './network-simplex/standby.js';
import { couplingOf, permutationOf } from './network-simplex/tree-coupling.js';
import { checkStart, checkStartShape, type NetworkSimplexStart, orderPlan } from './network-simplex/warm-start.js';
import type { IterativeSolver, SolveStatus } from './solver.js';
import type { TransportResult } from './transport-result.js';

/** Options of {@link networkSimplex}. */
export interface NetworkSimplexOptions {
  /**
   * Work of one step, in units of one nanosecond, where the problem is in the caches, to ten. Default 2¹⁹: a few
   * milliseconds at most.
   */
  readonly stepBudget?: number;
  /**
   * Whether the result carries its proof, one sweep over all pairs. Default `true`. Without it the result has no
   * `certificate`; all its other numbers have the same bits.
   */
  readonly certify?: boolean;
  /**
   * Whether a result that was stopped carries a `snapshot`, to go on from later. Its memory is taken early, as that of the
   * solve. Default `false`.
   */
  readonly resumable?: boolean;
  /**
   * The snapshot of a result that was stopped: the solve goes on where it stood, and ends with the bits of one that was
   * never stopped. Refused at `init` where it is damaged, or of another problem. Default: none.
   */
  readonly from?: NetworkSimplexSnapshot;
  /**
   * Potentials, a plan, or the whole result of a similar problem of the same shape. With potentials the solve begins at
   * the finest level; a plan gives the first tree its entries, where the solve has one. Where it ends does not depend on
   * it, unless optimal plans tie. Default: none. Not beside `from`.
   */
  readonly start?: NetworkSimplexStart;
  /**
   * Most bytes that the solve may take, refused at `init` before they are taken; the result and its certificate need
   * about 200 a point besides, and a snapshot as many as its `bytes`. Default: what WebAssembly can hold, 4 GiB.
   */
  readonly memoryLimit?: number;
}

/** The state of a solve between steps. Opaque: pass it to the solver that made it. */
export interface NetworkSimplexState {
  /** @internal */
  readonly problem: TransportProblem;
  /** @internal */
  readonly memory: SimplexMemory;
  /** @internal */
  readonly standby?: Standby;
}

/** The answer of {@link networkSimplex}: a permutation where the problem is an assignment, else a list of entries. */
export interface NetworkSimplexResult extends TransportResult<PermutationCoupling | SparseCoupling> {
  /** The proof; of a solve that was stopped, what is proved so far. */
  readonly certificate: ExactCertificate;
  /** Where a solve with `resumable` was stopped; absent from a finished one. */
  readonly snapshot?: NetworkSimplexSnapshot;
}

/** The answer of {@link networkSimplex} with `certify: false`: the same without the proof. */
export type UncertifiedNetworkSimplexResult = Omit<NetworkSimplexResult, 'certificate'>;

/**
 * The parts of {@link networkSimplex}, and one more.
 *
 * @typeParam Result - the answer, with its certificate or without
 */
export interface NetworkSimplexSolver<
  Result extends UncertifiedNetworkSimplexResult = NetworkSimplexResult,
> extends IterativeSolver<TransportProblem, NetworkSimplexState, NetworkSimplexProgress, Result> {
  /**
   * The plan alone, at any point where `result` may be called: for whoever needs thousands of small ones and no proofs.
   * It saves the certificate's sweep, at 500 points a tenth of the time.
   */
  coupling(state: NetworkSimplexState): PermutationCoupling | SparseCoupling;
}

/**
 * Exact optimal transport by a multilevel primal network simplex: transportation simplex, Hitchcock problem, earth
 * mover's distance.
 *
 * Squared Euclidean costs in up to five dimensions (assignments: four), and in up to eight of more than 2²⁶ pairs: points
 * in kd order are merged in pairs down to about 48; each level starts from the c-transformed potentials of the coarser
 * one, keeps the eight best columns of each row and solves those by strongly feasible pivots; then *all* pairs are priced
 * (lower bounds over blocks skip most of them) and violated ones join, until there are none. Other costs, and squared ones
 * in more dimensions, do the same with random subsamples as levels and whole rows as blocks; rows computed from points are
 * kept while all fit into 256 MiB (squared: as float32 products), else computed again. There an assignment has
 * no tree: its levels are matched by augmenting row reduction and shortest paths over the same short lists. Flows are 64-bit
 * integers, so marginals hold to rounding and no flow is ever negative. Zero weights carry no mass but have potentials.
 * Forbidden pairs of a matrix get a price a few times the spread of the costs, which rises while flow that pays it could
 * be rerouted over allowed pairs: that is decided on whole numbers, so no plan uses them, and a price that did not have
 * to rise takes no digits from the costs.
 *
 * About O(n^1.6) in the plane for n points (n^1.3 up to some thousand), with equal weights or others, whose potentials
 * shift by clusters of the tree; O(n²) per pricing round elsewhere. Memory O(n), plus the costs where they are kept.
 * Slow for weights that span many orders of magnitude. f_i + g_j ≤ c_ij holds to 1e-12 of the largest cost, so details
 * below that scale (clusters 1e6 of their sizes apart) are not resolved.
 *
 * A solve that is stopped returns soon, with 100,000 points a side in about 30 ms (60 with other weights) once it has run for
 * a third of a second, snapshot included: a feasible plan (before the finest level has one of its own, that of a coarse
 * level, spread over the members of its points) and the best lower bound at hand, see {@link ExactCertificate}. With
 * `resumable` it can go on later, with `start` the next problem begins where this one ended.
 *
 * @param options - steps, proof, memory, where to begin
 * @returns a solver for `run` and `runSync`; holds options only. Same bits on every machine
 * @throws TypeError or RangeError for unknown options or values out of range; at `init` RangeError where the problem
 *   does not fit into 4 GiB of WebAssembly memory or `memoryLimit`, or where `from` or `start` belong to another one
 *
 * @see Jonker and Volgenant, A shortest augmenting path algorithm (1987); Volgenant, Linear and semi-assignment problems: a core
 *   oriented approach (1996); Cunningham, A network simplex method (1976); Gottschlich and Schuhmacher, The shortlist method for fast
 *   computation of the earth mover's distance (2014); Schmitzer, A sparse multiscale algorithm for dense optimal
 *   transport (2016); Bonneel, van de Panne, Paris and Heidrich, Displacement interpolation using Lagrangian mass
 *   transport (2011)
 *
 * @example
 * Three points to three points: each moves by one.
 * ```ts
 * import { createTransportProblem, networkSimplex, pointClouds, runSync } from '@brenier/ot-core';
 *
 * const problem = createTransportProblem(pointClouds([[0, 0], [1, 0], [5, 0]], [[2, 0], [6, 0], [1, 0]]));
 * const { coupling, status } = runSync(networkSimplex(), problem);
 * status; // => 'optimal'
 * coupling.kind === 'permutation' && [...coupling.columnOfRow]; // => [2, 0, 1]
 * ```
 */
export function networkSimplex(options?: NetworkSimplexOptions & { readonly certify?: true }): NetworkSimplexSolver;
/**
 * The same, where it is asked for without a proof.
 *
 * @param options - with `certify: false`, or a `certify` that only the run time knows
 * @returns a solver whose results promise no certificate
 * @throws TypeError or RangeError for unknown options or values out of range
 *
 * @example
 * The distance alone.
 * ```ts
 * import { createTransportProblem, networkSimplex, pointClouds, runSync } from '@brenier/ot-core';
 *
 * const problem = createTransportProblem(pointClouds([[0, 0]], [[3, 4]], { cost: 'euclidean' }));
 * const result = runSync(networkSimplex({ certify: false }), problem);
 * result.cost; // => 5
 * 'certificate' in result; // => false
 * ```
 */
export function networkSimplex(options: NetworkSimplexOptions): NetworkSimplexSolver<UncertifiedNetworkSimplexResult>;
export function networkSimplex(
  options?: NetworkSimplexOptions,
): NetworkSimplexSolver<NetworkSimplexResult | UncertifiedNetworkSimplexResult> {
  const settings = checkNetworkSimplexOptions(options);
  return {
    init: (problem) => createState(checkProblem('problem', problem), settings),
    step: (state) => advance(state, settings),
    status: ({ memory }) => (memory.isDone ? 'optimal' : 'running'),
    progress: ({ memory }) => memory.progress(),
    result: (state, status) => resultOf(state, status, settings),
    coupling: ({ problem, memory }) => planOf(problem, memory),
    dispose: ({ memory }) => memory.dispose(),
  };
}

type Settings = ReturnType<typeof checkNetworkSimplexOptions>;

const OPTION_NAMES = ['stepBudget', 'certify', 'resumable', 'from', 'start', 'memoryLimit'] as const;

function checkNetworkSimplexOptions(options: NetworkSimplexOptions | undefined) {
  const given = checkOptions('options', options, OPTION_NAMES);
  if (given.from !== undefined && given.start !== undefined) {
    throw new RangeError('"start" expected to be absent beside "from", got both');
  }
  return {
    stepBudget: checkInteger('stepBudget', given.stepBudget ?? 2 ** 19, 1, 2 ** 30),
    certify: checkFlag('certify', given.certify ?? true),
    resumable: checkFlag('resumable', given.resumable ?? false),
    from: given.from === undefined ? undefined : checkSnapshot(given.from),
    start: given.start === undefined ? undefined : checkStart(given.start),
    memoryLimit: given.memoryLimit === undefined ? undefined : checkPositive('memoryLimit', given.memoryLimit),
  };
}

function createState(problem: TransportProblem, settings: Settings): NetworkSimplexState {
  const { from, start, memoryLimit, resumable } = settings;
  if (start) checkStartShape(start, problem);
  const bytes = from && bytesFor(problem, from);
  const plan = start?.coupling && orderPlan(start.coupling, problem);
  const memory = new SimplexMemory(problem, undefined, { memoryLimit, bytes });
  if (start) memory.startFrom(start.f, start.g, plan);
  const state = { problem, memory };
  return resumable
    ? { ...state, standby: new Standby(problem, memory, () => resultOf(state, 'aborted', settings)) }
    : state;
}

function advance({ memory, standby }: NetworkSimplexState, { stepBudget }: Settings): void {
  memory.advance(stepBudget);
  if (!memory.isDone) standby?.afterStep(stepBudget);
}

function resultOf(
  { problem, memory, standby }: NetworkSimplexState,
  status: SolveStatus,
  { certify }: Settings,
): NetworkSimplexResult | UncertifiedNetworkSimplexResult {
  const coupling = planOf(problem, memory);
  const iterations = memory.pivots;
  const snapshot = standby && !memory.isDone ? { snapshot: standby.takeSnapshot() } : {};
  const { f, g, bound } = memory.isDone ? provedPotentials(problem, memory) : stoppedPotentials(problem, memory);
  const answer = { status, coupling, f, g, iterations, ...snapshot };
  if (!certify) return { ...answer, cost: transportCost(problem.geometry, coupling) };
  const certificate: ExactCertificate = bound
    ? certifyStopped(problem, coupling, bound)
    : { ...certifyExact(problem, coupling, f, g), proof: 'all-pairs' };
  return { ...answer, cost: certificate.primal, certificate };
}

function planOf(problem: TransportProblem, memory: SimplexMemory): PermutationCoupling | SparseCoupling {
  if (problem.isAssignment) {
    const columnOfRow = memory.readPermutation();
    return columnOfRow ? permutationOf(problem, columnOfRow) : feasiblePlan(problem);
  }
  const entries = memory.readPlan();
  return entries ? couplingOf(problem, entries) : feasiblePlan(problem);
}

/** What a result says of the dual; `bound` where no sweep over all pairs is to judge it. */
interface DualAnswer extends Potentials {
  readonly bound?: StoppedBound;
}

/** Those of the tree; rows and columns without mass get what the others leave them. */
function provedPotentials({ geometry, a, b, isAssignment }: TransportProblem, memory: SimplexMemory): DualAnswer {
  const { f, g } = memory.readPotentials()!;
  if (!isAssignment) completePotentials(geometry, f, g, isPositiveIn(a), isPositiveIn(b));
  return { f, g };
}

function isPositiveIn(masses: Float64Array): (index: number) => boolean {
  return (index) => masses[index] > 0;
}

/** Whatever proves more: what the solver has found so far, or what needs no solver. */
function stoppedPotentials(problem: TransportProblem, memory: SimplexMemory): DualAnswer {
  const { largestCost, margin, simple } = memory.problemBound;
  const own = memory.readPotentials();
  const value = own?.standing === 'feasible' ? dualValue(problem, own) : (memory.bound ?? -Infinity);
  if (!own || !(value > simple.value)) {
    return { ...simple, bound: { proof: 'potentials', value: simple.value, margin, largestCost } };
  }
  lowerMassless(problem, own);
  const proof = own.standing === 'feasible' ? 'potentials' : 'coarse-level';
  return { f: own.f, g: own.g, bound: { proof, value, margin, largestCost } };
}
