/**
 * A bridge on a grid at one time: its density p_t = φ̂_t φ_t, its drifts and its flow. φ_t and φ̂_t are the ends carried by the reference,
 * and the drifts are its pinned drifts at the mean of the end that is summed over: f = σ²∇log φ_t − rate·x, g = σ²∇log φ̂_t + rate·x
 * without a derivative. Where the way to an end is so short that its kernel is narrower than the step of the fine grid, log φ and the drift are
 * taken from parabolas in time through the end, where φ is known, and the shortest two ways that the grid resolves. Cost O(n³).
 */
import { exp, log } from '@brenier/elementary';
import { checkWithin, describeValue } from '@brenier/errors';
import { ornsteinUhlenbeck } from '../reference/ornstein-uhlenbeck.js';
import { backwardPinnedDrift, forwardPinnedDrift } from '../reference/pinned-drift.js';
import type { Reference } from '../reference/reference.js';
import { type AxisKernel, axisKernel } from './grid/axis-kernel.js';
import { convolutionMoments } from './grid/log-convolution.js';
import { axisNodes, everyNode, everyValue, type PlaneGrid } from './grid/plane-grid.js';
import type { GridBridge } from './grid-bridge.js';

/** A bridge at one time, on the coarse grid. Plain data: `postMessage` works. */
export interface GridMarginal {
  /** The time. */
  readonly t: number;
  /** Where the values are: entry (i, j) at `i * rows + j`, i along the first axis. */
  readonly grid: PlaneGrid;
  /**
   * Density of the bridge, shape [columns, rows]; its sum times step² is 1 up to the error of the grid, and up to about 1e-4, or 1e-2 without refinement, at times
   * within (step of the fine grid / σ)² of 0 and 1.
   */
  readonly density: Float64Array;
  /** Forward drift, shape [columns, rows, 2]. */
  readonly forward: Float64Array;
  /** Backward drift, in reversed time, shape [columns, rows, 2]. */
  readonly backward: Float64Array;
  /** Velocity of the probability flow, (forward − backward)/2, shape [columns, rows, 2]. */
  readonly velocity: Float64Array;
  /** E‖velocity‖² under the density. */
  readonly energy: number;
}

/**
 * The law of a bridge at one time, with its drifts and the velocity of its probability flow.
 *
 * @param bridge - from {@link gridBridge}
 * @param t - the time, in [0, 1]
 * @returns values at the nodes of the coarse grid; O(n³), some ten times more near the ends
 * @throws TypeError or RangeError where the bridge is none or t is not in [0, 1]
 *
 * @example
 * Brownian motion at σ = 1 between standard normal laws has the variance (1 + √5/2)/2 halfway, and its flow stands still there.
 * ```ts
 * import { brownian, gridBridge, gridMarginal, planeEnds } from '@brenier/bridges';
 *
 * const normal = (x: number, y: number) => -(x ** 2 + y ** 2) / 2;
 * const ends = planeEnds(normal, normal, { left: -7, right: 7, bottom: -7, top: 7, step: 0.5 });
 * const { grid, density, energy } = gridMarginal(gridBridge(ends, { reference: brownian() }), 0.5);
 * const centre = density[14 * grid.rows + 14];
 * (1 / (2 * Math.PI * centre)).toFixed(4); // => '1.0590'
 * energy < 1e-9; // => true
 * ```
 */
export function gridMarginal(bridge: GridBridge, t: number): GridMarginal {
  if (!(bridge?.logEnd instanceof Float64Array)) {
    throw new TypeError(`"bridge" expected what gridBridge returns, got ${describeValue(bridge)}`);
  }
  checkWithin('t', t, 0, 1);
  const reference = ornsteinUhlenbeck({ sigma: bridge.sigma, rate: bridge.rate });
  const grid = everyNode(bridge.grid, bridge.refinement);
  const ahead = towardsEnd(bridge, reference, grid, 1 - t, 'end');
  const behind = towardsEnd(bridge, reference, grid, t, 'start');
  const cell = grid.step * grid.step;
  const density = ahead.logs.map((each, i) => exp(each + behind.logs[i]));
  const velocity = ahead.drift.map((each, i) => 0.5 * (each - behind.drift[i]));
  let mass = 0;
  let energy = 0;
  for (let i = 0; i < density.length; i++) {
    mass += density[i] * cell;
    energy += density[i] * cell * (velocity[2 * i] * velocity[2 * i] + velocity[2 * i + 1] * velocity[2 * i + 1]);
  }
  return { t, grid, density, forward: ahead.drift, backward: behind.drift, velocity, energy: energy / mass };
}

/** log φ at the nodes and the drift towards the end that it comes from. */
interface Carried {
  readonly logs: Float64Array;
  readonly drift: Float64Array;
}

/** Carries an end over a span of time; over spans shorter than the fine grid resolves, by what is known at the end and at longer ones. */
function towardsEnd(
  bridge: GridBridge,
  reference: Reference,
  grid: PlaneGrid,
  span: number,
  side: 'end' | 'start',
): Carried {
  // Over short spans the variance is σ² times the span.
  const shortest = Math.min(0.25, (bridge.grid.step / bridge.sigma) ** 2);
  if (span >= shortest) return carry(bridge, reference, grid, span, side);
  const near = carry(bridge, reference, grid, shortest, side);
  const far = carry(bridge, reference, grid, 2 * shortest, side);
  const atEnd = side === 'end' ? bridge.logEnd : bridge.logStart;
  const known = everyValue(atEnd, bridge.grid, bridge.refinement);
  const u = span / shortest;
  const parabola = (end: number, a: number, b: number): number => {
    if (a === -Infinity || b === -Infinity) return a;
    // A line through the other two where the end does not tell.
    if (!Number.isFinite(end)) return a + (1 - u) * (a - b);
    return (1 - u) * (1 - u / 2) * end + u * (2 - u) * a - (u / 2) * (1 - u) * b;
  };
  const edge = driftAtEnd(bridge, atEnd, side);
  return {
    logs: span === 0 ? known : known.map((each, i) => parabola(each, near.logs[i], far.logs[i])),
    drift: edge.map((each, i) => parabola(each, near.drift[i], far.drift[i])),
  };
}

/**
 * σ²∇log φ ∓ rate·x at the end itself, by differences of fourth order over the fine grid; not finite at the border, and where a neighbour has
 * no mass.
 */
function driftAtEnd(
  { grid, refinement, sigma, rate }: GridBridge,
  logs: Float64Array,
  side: 'end' | 'start',
): Float64Array {
  const { left, bottom, step, columns, rows } = everyNode(grid, refinement);
  const pull = side === 'end' ? -rate : rate;
  const along = (at: number, stride: number, k: number, count: number, x: number): number => {
    if (k < 2 || k + 2 >= count) return NaN;
    const [near, far] = [stride, 2 * stride].map((each) => logs[at + each] - logs[at - each]);
    return (sigma * sigma * (8 * near - far)) / (12 * grid.step) + pull * x;
  };
  const drift = new Float64Array(2 * columns * rows);
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < rows; j++) {
      const [k, l, out] = [i * refinement, j * refinement, 2 * (i * rows + j)];
      drift[out] = along(k * grid.rows + l, grid.rows, k, grid.columns, left + i * step);
      drift[out + 1] = along(k * grid.rows + l, 1, l, grid.rows, bottom + j * step);
    }
  }
  return drift;
}

function carry(
  bridge: GridBridge,
  reference: Reference,
  grid: PlaneGrid,
  span: number,
  side: 'end' | 'start',
): Carried {
  const isEnd = side === 'end';
  const { factor, variance } = isEnd ? reference.transition(1 - span, 1) : reference.transition(0, span);
  const stride = strideFor(bridge, variance);
  const from = everyNode(bridge.grid, stride);
  const logs = everyValue(isEnd ? bridge.logEnd : bridge.logStart, bridge.grid, stride);
  const along = (at: Float64Array, nodes: Float64Array): AxisKernel =>
    axisKernel(at, nodes, isEnd ? factor : 1, isEnd ? 1 : factor, variance);
  const x = along(axisNodes(grid.left, grid.step, grid.columns), axisNodes(from.left, from.step, from.columns));
  const y = along(axisNodes(grid.bottom, grid.step, grid.rows), axisNodes(from.bottom, from.step, from.rows));
  const moments = convolutionMoments(logs, x, y);
  const logCell = log((from.step * from.step) / (6.283185307179586 * variance));
  const pinned = isEnd ? forwardPinnedDrift(reference, 1 - span) : backwardPinnedDrift(reference, span);
  return { logs: moments.logs.map((each) => each + logCell), drift: driftOf(moments, pinned, x.at, y.at) };
}

/** The coarsest part of the fine grid whose step is at most the deviation of the kernel, and the step of the coarse grid. */
function strideFor({ grid, refinement }: GridBridge, variance: number): number {
  let stride = refinement;
  while (stride > 1 && (stride * grid.step) ** 2 > variance) {
    do stride--;
    while (refinement % stride !== 0);
  }
  return stride;
}

/** state·x + end·(x + shift), with the two factors of x, which nearly cancel, added first. */
function driftOf(
  { shiftX, shiftY }: { shiftX: Float64Array; shiftY: Float64Array },
  { state, end }: { state: number; end: number },
  x: Float64Array,
  y: Float64Array,
): Float64Array {
  const drift = new Float64Array(2 * shiftX.length);
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < y.length; j++) {
      const at = i * y.length + j;
      drift[2 * at] = (state + end) * x[i] + end * shiftX[at];
      drift[2 * at + 1] = (state + end) * y[j] + end * shiftY[at];
    }
  }
  return drift;
}
