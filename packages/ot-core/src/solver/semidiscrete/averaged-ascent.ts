// Stochastic gradient ascent of the semi-dual in the scale of each cell, with averaged iterates.
import type { RowVisitor } from '../../coupling/laguerre-cells.js';

/** The iterate, its average, and what the next batch needs. */
export interface AveragedAscent {
  /** The present iterate g_k. */
  readonly g: Float64Array;
  /** The average of the iterates, with weights that grow like k. */
  readonly average: Float64Array;
  /** Batches done. */
  batches: number;
  readonly b: Float64Array;
  readonly masses: Float64Array;
  readonly gaps: Float64Array;
  readonly visits: Int32Array;
  readonly visitRows: RowVisitor;
  readonly options: AscentOptions;
}

/** What an ascent is made of. */
export interface AscentOptions {
  /** Weight of the entropic term. */
  readonly epsilon: number;
  /** Multiplies every step. */
  readonly stepSize: number;
  /** Draws of a step. */
  readonly batchSize: number;
}

/** Starts at a potential. */
export function createAscent(
  visitRows: RowVisitor,
  b: Float64Array,
  g: Float64Array,
  options: AscentOptions,
): AveragedAscent {
  const count = b.length;
  return {
    g: g.slice(),
    average: g.slice(),
    batches: 0,
    b,
    masses: new Float64Array(count),
    gaps: new Float64Array(count),
    visits: new Int32Array(count),
    visitRows,
    options,
  };
}

/**
 * One step up the gradient b − p, where p is the share of each target among the points of a batch.
 *
 * The mass of cell j reacts to g_j like b_j/(ε + gap_j), with gap_j the mean gap between the best and the second best
 * target where j is one of them: walls move by a change of g over the slope of the gap. Dividing by that makes the Hessian a
 * normalised graph Laplacian, whose eigenvalues are at most 2 whatever the dimension, the density and the weights. Cells
 * of less than half the mean weight are divided by that instead: a batch may hold many times what they should have, where
 * their mass reacts as that of heavier cells does.
 */
export function ascend(ascent: AveragedAscent, points: Float64Array): void {
  const { g, average, b, masses, gaps, options } = ascent;
  observe(ascent, points);
  const share = 1 / options.batchSize;
  const rate = rateOf(ascent);
  const typical = typicalGap(ascent);
  const light = 0.5 / g.length;
  ascent.batches++;
  for (let j = 0; j < g.length; j++) {
    const gap = ascent.visits[j] > 0 ? gaps[j] : typical;
    const mass = masses[j] * share;
    g[j] += rate * (options.epsilon + gap) * (b[j] < light ? (b[j] - mass) / light : 1 - mass / b[j]);
  }
  // Polynomial-decay averaging (Shamir and Zhang 2013, equation 5, η = 1): iterate k weighs in proportion to k.
  const weight = 2 / (ascent.batches + 1);
  for (let j = 0; j < g.length; j++) average[j] += weight * (g[j] - average[j]);
}

/** Gaps are averaged over about as many draws for which a cell is the best or the second best. */
const MEMORY = 16;

function observe({ g, masses, gaps, visits, visitRows, options }: AveragedAscent, points: Float64Array): void {
  masses.fill(0);
  const see = (j: number, gap: number) => {
    visits[j]++;
    gaps[j] += (gap - gaps[j]) / Math.min(visits[j], MEMORY);
  };
  visitRows(points, g, (_, { shares, likeliest, runnerUp, gap }) => {
    see(likeliest, gap);
    // By its own visits alone a cell that shrinks would see small gaps only, and take ever smaller steps.
    see(runnerUp, gap);
    if (options.epsilon === 0) masses[likeliest]++;
    else for (let j = 0; j < shares.length; j++) masses[j] += shares[j];
  });
}

/**
 * Half of the stable step where a batch has more draws than there are cells, else in proportion to the draws a cell. It falls
 * like k^−½ after as many steps as there are cells: the slowest mode of N cells in the plane decays over about N steps.
 */
function rateOf({ b, batches, options }: AveragedAscent): number {
  const drawsPerCell = options.batchSize / b.length;
  return (options.stepSize * Math.min(0.5, drawsPerCell)) / Math.sqrt(1 + batches / Math.max(64, b.length));
}

/** For cells that no draw has found yet. */
function typicalGap({ gaps, visits }: AveragedAscent): number {
  let sum = 0;
  let found = 0;
  for (let j = 0; j < gaps.length; j++) {
    if (visits[j] === 0) continue;
    sum += gaps[j];
    found++;
  }
  return sum / found;
}
