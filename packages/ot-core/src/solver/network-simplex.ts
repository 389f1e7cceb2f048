import { checkInteger, checkOptions } from '@brenier/errors';
import { certifyExact } from '../certificate/certify-exact.js';
import type { PermutationCoupling, SparseCoupling } from '../coupling/coupling.js';
import { transportCost } from '../coupling/transport-cost.js';
import { checkProblem } from '../problem/check-problem.js';
import type { TransportProblem } from '../problem/transport-problem.js';
import { checkFlag } from './network-simplex/check-flag.js';
import { completePotentials } from './network-simplex/complete-potentials.js';
import { feasiblePlan } from './network-simplex/feasible-plan.js';
import type { NetworkSimplexProgress } from './network-simplex/progress.js';
import { type Basis, SimplexMemory } from './network-simplex/simplex-memory.js';
import { couplingOf } from './network-simplex/tree-coupling.js';
import type { IterativeSolver, SolveStatus } from './solver.js';
import type { TransportResult } from './transport-result.js';

/** Options of {@link networkSimplex}. */
export interface NetworkSimplexOptions {
  /** Work of one step, in units of about one to two nanoseconds. Default 2²⁰: a few milliseconds. */
  readonly stepBudget?: number;
  /**
   * Whether the result carries its proof, one sweep over all pairs. Default `true`. Without it the result has no
   * `certificate`; all its other numbers have the same bits.
   */
  readonly certify?: boolean;
}

/** The state of a solve between steps. Opaque: pass it to the solver that made it. */
export interface NetworkSimplexState {
  /** @internal */
  readonly problem: TransportProblem;
  /** @internal */
  readonly memory: SimplexMemory;
}

/** The answer of {@link networkSimplex}: a permutation where the problem is an assignment, else a list of entries. */
export type NetworkSimplexResult = TransportResult<PermutationCoupling | SparseCoupling>;

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
 * Squared Euclidean costs in up to eight dimensions: points in kd order are merged in pairs down to about 48; each
 * level starts from the c-transformed potentials of the coarser one, keeps the eight best columns of each row and
 * solves those by strongly feasible pivots; then *all* pairs are priced (lower bounds over blocks skip most of them)
 * and violated ones join, until there are none. Other costs do the same with random subsamples as levels and whole rows
 * as blocks; rows computed from points are kept while all fit into 256 MiB, else computed again. Flows are 64-bit
 * integers, so marginals hold to rounding and no flow is ever negative. Zero weights carry no mass but have potentials.
 * Forbidden pairs of a matrix get a price a few times the spread of the costs, which rises while flow that pays it could
 * be rerouted over allowed pairs: that is decided on whole numbers, so no plan uses them, and a price that did not have
 * to rise takes no digits from the costs.
 *
 * About O(n^1.3) in the plane for n points with equal weights; O(n²) per pricing round elsewhere. Memory O(n), plus the
 * costs where they are kept. Slow for unequal weights beyond 20,000 points, since pivots then move a fixed share of all
 * potentials, and for weights that span many orders of magnitude. f_i + g_j ≤ c_ij holds to 1e-12 of the largest cost,
 * so details below that scale (clusters 1e6 of their sizes apart) are not resolved.
 *
 * @param options - the size of a step
 * @returns a solver for `run` and `runSync`; holds options only. Same bits on every machine
 * @throws TypeError or RangeError for unknown options or values out of range; at `init` RangeError where the problem
 *   does not fit into 4 GiB of WebAssembly memory
 *
 * @see Cunningham, A network simplex method (1976); Gottschlich and Schuhmacher, The shortlist method for fast
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
  const given = checkOptions('options', options, ['stepBudget', 'certify']);
  const stepBudget = checkInteger('stepBudget', given.stepBudget ?? 2 ** 20, 1, 2 ** 30);
  const certify = checkFlag('certify', given.certify ?? true);
  return {
    init: (problem) => ({ problem, memory: new SimplexMemory(checkProblem('problem', problem)) }),
    step: ({ memory }) => memory.advance(stepBudget),
    status: ({ memory }) => (memory.isDone ? 'optimal' : 'running'),
    progress: ({ memory }) => memory.progress(),
    result: (state, status) => resultOf(state, status, certify),
    coupling: ({ problem, memory }) => planOf(problem, memory.readBasis()),
    dispose: ({ memory }) => memory.dispose(),
  };
}

function resultOf(
  { problem, memory }: NetworkSimplexState,
  status: SolveStatus,
  certify: boolean,
): NetworkSimplexResult | UncertifiedNetworkSimplexResult {
  const basis = memory.readBasis();
  const coupling = planOf(problem, basis);
  const { f, g } = potentialsOf(problem, memory, basis);
  const iterations = memory.pivots;
  if (!certify) return { status, cost: transportCost(problem.geometry, coupling), coupling, f, g, iterations };
  const certificate = certifyExact(problem, coupling, f, g);
  return { status, cost: certificate.primal, coupling, f, g, certificate, iterations };
}

function planOf(problem: TransportProblem, basis: Basis | undefined): PermutationCoupling | SparseCoupling {
  return basis ? couplingOf(problem, basis) : feasiblePlan(problem);
}

/**
 * Those of the tree where it is optimal; before that, a c-transform makes them feasible, so that the gap is a true
 * bound.
 */
function potentialsOf(
  { geometry }: TransportProblem,
  memory: SimplexMemory,
  basis: Basis | undefined,
): Pick<Basis, 'f' | 'g'> {
  const f = basis?.f ?? new Float64Array(geometry.rows);
  const g = basis?.g ?? new Float64Array(geometry.columns);
  if (basis && memory.isDone) completePotentials(geometry, f, g, memory.isActiveRow, memory.isActiveColumn);
  else completePotentials(geometry, f, g, () => false, basis ? memory.isActiveColumn : () => true);
  return { f, g };
}
