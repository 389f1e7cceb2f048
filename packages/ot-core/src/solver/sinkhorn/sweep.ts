// One sweep of Sinkhorn's iteration, f then g, in bounded pieces.
import { exp, log } from '@brenier/elementary';
import { costBetween } from '../../geometry/cost-at.js';
import type { TransportProblem } from '../../problem/transport-problem.js';
import { type GibbsRows } from './gibbs-rows.js';
import { type OverRelaxation } from './over-relaxation.js';

/** What the next piece of a sweep needs. P_ij = a_i b_j exp((f_i + g_j − c_ij)/ε) throughout. */
export interface SinkhornState {
  readonly problem: TransportProblem;
  readonly rows: GibbsRows;
  readonly relaxation: OverRelaxation;
  /** Potential of the rows. */
  readonly f: Float64Array;
  /** Potential of the columns. */
  readonly g: Float64Array;
  /** Potential of the rows to which the stored terms are relative: T_ij v_j = P_ij-row at f_i = base_i. */
  readonly base: Float64Array;
  /** ε of the present sweep. */
  epsilon: number;
  /** Gives the ε of sweep k, down to the target. */
  epsilonOf: (sweep: number) => number;
  /** Finished sweeps. */
  sweeps: number;
  /** First row that the present sweep has not seen; 0 between sweeps. */
  cursor: number;
  /** Whether the present sweep computes the terms anew. */
  isBuilding: boolean;
  /** L1 error of the row marginal so far in this sweep. */
  rowError: number;
  /** L1 error of both marginals of the plan of (f, g) after the last finished sweep, relative to the mass. */
  marginalError: number;
}

/**
 * Terms are built anew once a column has been rescaled by more than e^±100: products then stay far inside the range of
 * a float64.
 */
const LARGEST_LOG_SCALING = 100;

/** A column sum below this part of the mass may have lost terms to underflow. */
const SMALLEST_COLUMN_SUM = 1e-280;

/** Pairs in one piece of work: a few milliseconds with, and without, an exponential each. */
const PAIRS_BUILT = 1 << 19;
const PAIRS_RESCALED = 1 << 22;

/** Does one bounded piece of a sweep; `cursor` returns to 0 when the sweep is finished. */
export function advanceSweep(state: SinkhornState): void {
  if (state.cursor === 0) beginSweep(state);
  const { f, rows, problem, isBuilding } = state;
  const budget = isBuilding ? PAIRS_BUILT / (1 + workPerCost(problem) / 16) : PAIRS_RESCALED;
  const end = Math.min(f.length, state.cursor + Math.ceil(budget / problem.geometry.columns));
  const block = rows.blockOf(isBuilding);
  for (let first = state.cursor; first < end; first += block) {
    const count = Math.min(block, end - first);
    if (isBuilding) rows.build(first, count, state.epsilon);
    else rows.rescale(first, count);
    updateRows(state, first, count);
    rows.accumulate(first, count);
  }
  state.cursor = end;
  if (end === f.length) endSweep(state);
}

/** −ε log Σ_i a_i exp((f_i − c_ij)/ε): the potential of column j alone that gives it its mass, by a running maximum. */
export function softMinOfColumn({ problem, f, epsilon }: SinkhornState, j: number): number {
  const { geometry, a } = problem;
  let highest = -Infinity;
  let sum = 0;
  for (let i = 0; i < f.length; i++) {
    if (a[i] === 0) continue;
    const exponent = (f[i] - costBetween(geometry, i, j)) / epsilon + log(a[i]);
    if (exponent === -Infinity) continue; // forbidden
    if (exponent > highest) {
      sum = sum * exp(highest - exponent) + 1;
      highest = exponent;
    } else {
      sum += exp(exponent - highest);
    }
  }
  // Where every pair with mass is forbidden, any potential serves.
  return sum === 0 ? 0 : -epsilon * (highest + log(sum));
}

/** Ends the sweep before by its update of g, then decides whether the stored terms still serve. */
function beginSweep(state: SinkhornState): void {
  const { rows, g, sweeps } = state;
  const lostColumns = sweeps > 0 && updateColumns(state);
  const epsilon = state.epsilonOf(sweeps);
  state.isBuilding = !rows.isStored || sweeps === 0 || lostColumns || epsilon !== state.epsilon || !rescale(state);
  state.epsilon = epsilon;
  state.rowError = 0;
  rows.columnSums.fill(0);
  if (!state.isBuilding) return;
  rows.g.set(g);
  rows.scaling.fill(1);
}

/** g_j += ω ε log(b_j / mass of column j). True where a column had to be recomputed because its sum underflowed. */
function updateColumns(state: SinkhornState): boolean {
  const { problem, rows, relaxation, g, epsilon } = state;
  let lostColumns = false;
  for (let j = 0; j < g.length; j++) {
    const wanted = problem.b[j];
    if (wanted === 0) continue;
    const present = rows.columnSums[j] * rows.scaling[j];
    if (!(present > SMALLEST_COLUMN_SUM * problem.mass)) {
      g[j] = softMinOfColumn(state, j);
      lostColumns = true;
      continue;
    }
    const logRatio = log(present) - log(wanted); // the quotient could overflow
    g[j] = g[j] - relaxation.factorFor(logRatio) * epsilon * logRatio;
  }
  return lostColumns;
}

/** Writes v_j = exp((g_j − g_j at the time of building)/ε); false where one has left the safe range. */
function rescale({ rows, g, epsilon }: SinkhornState): boolean {
  for (let j = 0; j < g.length; j++) {
    const logScaling = (g[j] - rows.g[j]) / epsilon;
    if (!(Math.abs(logScaling) <= LARGEST_LOG_SCALING)) return false;
    rows.scaling[j] = exp(logScaling);
  }
  return true;
}

function updateRows(state: SinkhornState, first: number, count: number): void {
  const { problem, rows, relaxation, f, base, epsilon, isBuilding, sweeps } = state;
  for (let i = first; i < first + count; i++) {
    const logSum = log(rows.sums[i]);
    if (isBuilding) base[i] = rows.softMin[i] + epsilon * logSum;
    const softMin = isBuilding ? rows.softMin[i] : base[i] - epsilon * logSum;
    // Row i carries e^logRatio times its mass before the update, and e^((1 − ω) logRatio) times after it.
    const logRatio = (f[i] - softMin) / epsilon;
    const omega = sweeps === 0 || problem.a[i] === 0 ? 1 : relaxation.factorFor(logRatio);
    const carried = omega === 1 ? 1 : exp((1 - omega) * logRatio);
    f[i] = omega === 1 ? softMin : f[i] - omega * (f[i] - softMin);
    rows.factors[i] = (problem.a[i] * carried) / rows.sums[i];
    state.rowError += problem.a[i] * Math.abs(carried - 1);
  }
}

function endSweep(state: SinkhornState): void {
  const { problem, rows, relaxation } = state;
  let columnError = 0;
  for (let j = 0; j < problem.b.length; j++) {
    columnError += Math.abs(rows.columnSums[j] * rows.scaling[j] - problem.b[j]);
  }
  state.marginalError = (state.rowError + columnError) / problem.mass;
  state.sweeps++;
  state.cursor = 0;
  if (state.epsilon === state.epsilonOf(Infinity)) relaxation.observe(state.marginalError);
}

function workPerCost({ geometry }: TransportProblem): number {
  return geometry.kind === 'matrix' ? 1 : geometry.x.dim;
}
