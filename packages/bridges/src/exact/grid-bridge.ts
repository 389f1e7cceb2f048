/**
 * The Schrödinger bridge between two densities of the plane by Sinkhorn's method on a grid: Fortet's system (R. Fortet, Résolution d'un
 * système d'équations de M. Schrödinger, 1940; Y. Chen, T. Georgiou, M. Pavon, SIAM Review 63, 2021, section 4). With q the transition
 * density of the reference, p₀ = φ̂₀ · ∫q(·,y)φ₁(y)dy and p₁ = φ₁ · ∫q(x,·)φ̂₀(x)dx are solved in turn. Kernels act axis by axis and
 * potentials are logarithms, so small σ does not overflow. Cost O(n³) a sweep for n nodes along a side. The number of sweeps grows
 * like 1/σ, over-relaxed, or 1/σ², where that does not pay; it fails where the step exceeds σ or the width of an end, and where mass must move by more than 37σ along an axis.
 */
import { exp, log } from '@brenier/elementary';
import { checkInteger, checkNonNegative, checkOptions, describeValue } from '@brenier/errors';
import { type IterativeSolver, runSync, type SolveStatus } from '@brenier/ot-core';
import { checkReference } from '../reference/check-reference.js';
import type { Reference } from '../reference/reference.js';
import { type AxisKernel, axisKernel } from './grid/axis-kernel.js';
import { logConvolution } from './grid/log-convolution.js';
import type { PlaneEnds } from './grid/plane-ends.js';
import { axisNodes, everyNode, everyValue, type PlaneGrid } from './grid/plane-grid.js';
import { relax, Relaxation } from './grid/relaxation.js';

const TWO_PI = 6.283185307179586;

/** Options of {@link gridBridge} and {@link gridBridgeSolver}. */
export interface GridBridgeOptions {
  /** The process that the bridge is nearest to. */
  readonly reference: Reference;
  /** Stop where ∫|marginal at 0 − source| is at most this; the marginal at 1 is exact. Default 1e-7. */
  readonly tolerance?: number;
  /** Most sweeps. Default 10,000. */
  readonly maxIterations?: number;
}

/** A bridge on a grid. Plain data: `postMessage` works. */
export interface GridBridge {
  /** How the iteration ended. */
  readonly status: SolveStatus;
  /** Sweeps. */
  readonly iterations: number;
  /** ∫|marginal at 0 − source|. */
  readonly marginalError: number;
  /** σ of the reference. */
  readonly sigma: number;
  /** Rate of the reference. */
  readonly rate: number;
  /** The fine grid. */
  readonly grid: PlaneGrid;
  /** Sums are taken over every `refinement`-th node, but for times near the ends. */
  readonly refinement: number;
  /** log φ̂₀ on the fine grid, shape [columns, rows]; φ̂₀ = source/φ₀. */
  readonly logStart: Float64Array;
  /** log φ₁ on the fine grid, shape [columns, rows]; φ₁ = target/φ̂₁. */
  readonly logEnd: Float64Array;
}

/** What a running solve reports. */
export interface GridBridgeProgress {
  /** Finished sweeps. */
  readonly iterations: number;
  /** ∫|marginal at 0 − source| before the last sweep. */
  readonly marginalError: number;
}

/** The state of a solve between sweeps. Opaque: pass it to the solver that made it. */
export interface GridBridgeState {
  /** @internal */
  readonly ends: PlaneEnds;
  /** @internal */
  readonly coarse: PlaneGrid;
  /** @internal */
  readonly source: Float64Array;
  /** @internal */
  readonly target: Float64Array;
  /** @internal */
  readonly fromEnd: (logs: Float64Array) => Float64Array;
  /** @internal */
  readonly fromStart: (logs: Float64Array) => Float64Array;
  /** @internal */
  readonly relaxation: Relaxation;
  /** @internal */
  logStart: Float64Array;
  /** @internal */
  logEnd: Float64Array;
  /** @internal */
  sweeps: number;
  /** @internal */
  marginalError: number;
}

/**
 * The Schrödinger bridge between two densities of the plane.
 *
 * Blocks until done; for progress, abort and time limits call `run` of ot-core with {@link gridBridgeSolver}.
 *
 * @param ends - the two laws on their grid
 * @param options - the reference and when to stop
 * @returns the bridge, for {@link gridMarginal} and {@link gridBridgeEnergy}; 4n³ multiplications a sweep
 * @throws TypeError or RangeError where the ends are none, an option is not valid or unknown, or the step of the grid is above 1.5 standard
 *   deviations of the reference, whose kernel it would miss
 *
 * @example
 * From N(0, I) to N((1, 0), I) at σ = 1: the bridge is a translation of the one from N(0, I) to itself.
 * ```ts
 * import { brownian, gridBridge, planeEnds } from '@brenier/bridges';
 *
 * const normalAt = (m: number) => (x: number, y: number) => -((x - m) ** 2 + y ** 2) / 2;
 * const ends = planeEnds(normalAt(0), normalAt(1), { left: -6, right: 7, bottom: -6, top: 6, step: 0.5 });
 * gridBridge(ends, { reference: brownian({ sigma: 1 }) }).status; // => 'converged'
 * ```
 */
export function gridBridge(ends: PlaneEnds, options: GridBridgeOptions): GridBridge {
  return runSync(gridBridgeSolver(options), ends);
}

/**
 * The method of {@link gridBridge} for `run` of ot-core: one step is one sweep.
 *
 * @param options - the reference and when to stop
 * @returns a solver; holds options only
 * @throws TypeError or RangeError where an option is not valid or unknown
 *
 * @example
 * The same, with room for the event loop.
 * ```ts
 * import { brownian, gridBridgeSolver, planeEnds } from '@brenier/bridges';
 * import { run } from '@brenier/ot-core';
 *
 * const normal = (x: number, y: number) => -(x ** 2 + y ** 2) / 2;
 * const ends = planeEnds(normal, normal, { left: -5, right: 5, bottom: -5, top: 5, step: 0.5 });
 * const { status } = await run(gridBridgeSolver({ reference: brownian() }), ends);
 * status; // => 'converged'
 * ```
 */
export function gridBridgeSolver(
  options: GridBridgeOptions,
): IterativeSolver<PlaneEnds, GridBridgeState, GridBridgeProgress, GridBridge> {
  const given = checkOptions('options', options, ['reference', 'tolerance', 'maxIterations']);
  const reference = checkReference('reference', given.reference);
  const tolerance = checkNonNegative('tolerance', given.tolerance ?? 1e-7);
  const maxIterations = checkInteger('maxIterations', given.maxIterations ?? 10_000, 1);
  return {
    init: (ends) => createState(ends, reference),
    step: advance,
    status({ marginalError, sweeps }) {
      if (marginalError <= tolerance) return 'converged';
      return sweeps >= maxIterations ? 'max-iterations' : 'running';
    },
    progress: ({ sweeps, marginalError }) => ({ iterations: sweeps, marginalError }),
    result: (state, status) => resultOf(state, reference, status),
    dispose: () => undefined,
  };
}

function createState(ends: PlaneEnds, reference: Reference): GridBridgeState {
  if (!(ends?.source instanceof Float64Array)) {
    throw new TypeError(`"ends" expected what planeEnds returns, got ${describeValue(ends)}`);
  }
  const coarse = everyNode(ends.grid, ends.refinement);
  const deviation = Math.sqrt(reference.transition(0, 1).variance);
  if (coarse.step > 1.5 * deviation) {
    throw new RangeError(`"ends.grid" expected a step of at most ${1.5 * deviation}, got ${coarse.step}`);
  }
  const source = everyValue(ends.source, ends.grid, ends.refinement);
  const target = everyValue(ends.target, ends.grid, ends.refinement);
  const fromEnd = transitionSums(coarse, coarse, reference, 'from the end');
  const fromStart = transitionSums(coarse, coarse, reference, 'from the start');
  const logEnd = new Float64Array(source.length);
  const logStart = divide(source, fromEnd(logEnd));
  return {
    ...{ ends, coarse, source, target, fromEnd, fromStart, logStart, logEnd },
    relaxation: new Relaxation(),
    sweeps: 0,
    marginalError: Infinity,
  };
}

/** One sweep: φ₁ from φ̂₀, then φ̂₀ from φ₁. The error is that of the pair in between. */
function advance(state: GridBridgeState): void {
  const { source, target, logStart, logEnd, relaxation } = state;
  const { omega } = relaxation;
  const nextEnd = divide(target, state.fromStart(logStart));
  // The first φ₁ is all that there is to go from.
  state.logEnd = state.sweeps === 0 ? nextEnd : relax(logEnd, nextEnd, omega);
  const carriedEnd = state.fromEnd(state.logEnd);
  state.marginalError = distanceOf(source, logStart, carriedEnd, state.coarse.step);
  state.logStart = relax(logStart, divide(source, carriedEnd), omega);
  state.sweeps++;
  relaxation.observe(state.marginalError);
}

/** ∫|p₀ − φ̂₀φ₀|. */
function distanceOf(source: Float64Array, logStart: Float64Array, carriedEnd: Float64Array, step: number): number {
  let error = 0;
  for (let i = 0; i < source.length; i++) error += Math.abs(exp(source[i]) - exp(logStart[i] + carriedEnd[i]));
  return error * step * step;
}

/** One plain sweep, whose potentials are tabulated on the fine grid; φ₁ comes last, so that the marginal at 1 is exact. */
function resultOf(state: GridBridgeState, reference: Reference, status: SolveStatus): GridBridge {
  const { ends, coarse } = state;
  const { grid, refinement, source, target } = ends;
  const { sigma, rate } = reference;
  const coarseEnd = divide(state.target, state.fromStart(state.logStart));
  const logStart = divide(source, transitionSums(grid, coarse, reference, 'from the end')(coarseEnd));
  const coarseStart = everyValue(logStart, grid, refinement);
  const logEnd = divide(target, transitionSums(grid, coarse, reference, 'from the start')(coarseStart));
  const carriedEnd = state.fromEnd(everyValue(logEnd, grid, refinement));
  const marginalError = distanceOf(state.source, coarseStart, carriedEnd, coarse.step);
  return { status, iterations: state.sweeps, marginalError, sigma, rate, grid, refinement, logStart, logEnd };
}

/** log density − log sum; nothing where the sum underflowed, which the marginal error then shows. */
function divide(logDensity: Float64Array, logSums: Float64Array): Float64Array {
  return logDensity.map((each, i) => (logSums[i] === -Infinity ? -Infinity : each - logSums[i]));
}

/** L ↦ log ∫ q e^L from the nodes of one grid to those of another, over the ends or over the starts of the reference's transition. */
function transitionSums(
  at: PlaneGrid,
  from: PlaneGrid,
  reference: Reference,
  direction: 'from the end' | 'from the start',
): (logs: Float64Array) => Float64Array {
  const { factor, variance } = reference.transition(0, 1);
  const [outputFactor, inputFactor] = direction === 'from the end' ? [factor, 1] : [1, factor];
  const along = (outputs: Float64Array, inputs: Float64Array): AxisKernel =>
    axisKernel(outputs, inputs, outputFactor, inputFactor, variance);
  const x = along(axisNodes(at.left, at.step, at.columns), axisNodes(from.left, from.step, from.columns));
  const y = along(axisNodes(at.bottom, at.step, at.rows), axisNodes(from.bottom, from.step, from.rows));
  const logCell = log((from.step * from.step) / (TWO_PI * variance));
  return (logs) => logConvolution(logs, x, y).map((each) => each + logCell);
}
