/**
 * The options of the front doors, checked once and turned into a plan that any state algebra can carry out.
 */
import { checkFunction, checkOneOf, checkOptions, describeValue } from '@brenier/errors';
import { checkRng, type Rng } from '@brenier/random';
import type { Diffusion } from '../fields/field-guards.js';
import type { StochasticMethod } from '../methods/stochastic-method.js';
import type { AdaptiveMethod, FixedStepMethod } from '../methods/tableau.js';
import { adaptiveStepper } from './adaptive.js';
import { fixedStepper } from './fixed-step.js';
import type { IntegrationPlan } from './integration.js';
import type { WatchOptions } from './result.js';
import { stepNoise } from './step-noise.js';
import { reportTimes, splitAtReports, stepGrid, type TimeOptions } from './time-grid.js';

/** What an integration keeps. */
export interface KeepOptions {
  /**
   * What the result keeps: `'final'`, the final state alone; `'trajectory'`, the states at `times`, or at every step
   * where there is no `times`, the start included. Default: `'trajectory'` where `times` is given, else `'final'`.
   */
  readonly keep?: 'final' | 'trajectory';
}

/** Options of {@link integrate} and {@link startIntegration}. */
export interface IntegrateOptions extends TimeOptions, KeepOptions, WatchOptions {
  /** How to step: `euler()`, `midpoint()`, `heun()` or `rk4()` with `numSteps` or `times`; or `dormandPrince()`. */
  readonly method: FixedStepMethod | AdaptiveMethod;
}

/**
 * Options of {@link integrateSde} and {@link startSdeIntegration}. Where time runs backwards, from 1 to 0, the drift must be the one of
 * the reverse-time equation: see `reverseTimeSde`.
 */
export interface IntegrateSdeOptions extends TimeOptions, KeepOptions, WatchOptions {
  /** How to step: `eulerMaruyama()`, `denoisingEulerMaruyama()`, `pinnedEulerMaruyama()` or `stochasticHeun()`. */
  readonly method: StochasticMethod;
  /** σ ≥ 0, or σ(t): the noise has variance σ² per unit of time in every coordinate. */
  readonly diffusion: Diffusion;
}

const NONE = new Float64Array(0);
const shared = ['method', 'numSteps', 'times', 'from', 'to', 'keep', 'signal', 'onProgress'] as const;

/** The plan of an ordinary differential equation. */
export function planOde(options: IntegrateOptions): IntegrationPlan {
  const { method: integrator } = checkOptions('options', options, shared);
  const method = checkMethod(integrator, ['fixed-step', 'adaptive']);
  const keepStart = checkKeep(options);
  checkWatch(options);
  if (method.kind === 'fixed-step') {
    const { grid, reports } = stepGrid(options);
    const steps = { grid, reports: keepStart ? reports : NONE };
    return { keepStart, createStepper: (algebra) => fixedStepper(algebra, method.tableau, steps) };
  }
  const times = reportTimes(options);
  const output = !keepStart ? 'nothing' : options.times === undefined ? 'steps' : 'times';
  return { keepStart, createStepper: (algebra) => adaptiveStepper(algebra, method, times, output) };
}

/** The plan of a stochastic differential equation. */
export function planSde(rng: Rng, options: IntegrateSdeOptions): IntegrationPlan {
  checkRng('rng', rng);
  const { method: integrator, diffusion } = checkOptions('options', options, [...shared, 'diffusion']);
  const method = checkMethod(integrator, ['stochastic']);
  const keepStart = checkKeep(options);
  checkWatch(options);
  const asked = stepGrid(options);
  const grid = splitAtReports(asked);
  const noise = stepNoise(rng, method, diffusion, grid);
  const steps = { grid, reports: keepStart ? asked.reports : NONE, noise };
  return { keepStart, createStepper: (algebra) => fixedStepper(algebra, method.tableau, steps) };
}

function checkMethod<M extends { readonly kind: string }>(method: M, kinds: readonly M['kind'][]): M {
  if (typeof method !== 'object' || method === null)
    throw new TypeError(`"method" expected an integrator, got ${describeValue(method)}`);
  checkOneOf('method.kind', method.kind, kinds);
  if (!('tableau' in method)) {
    throw new TypeError(`"method" expected an integrator, got ${describeValue(method)}`);
  }
  return method;
}

function checkKeep(options: IntegrateOptions | IntegrateSdeOptions): boolean {
  const usual = options.times === undefined ? 'final' : 'trajectory';
  const { keep = usual } = options;
  return checkOneOf('keep', keep, ['final', 'trajectory']) === 'trajectory';
}

function checkWatch(options: WatchOptions): void {
  if (options.onProgress !== undefined) checkFunction('onProgress', options.onProgress);
  if (options.signal !== undefined && !(options.signal instanceof AbortSignal)) {
    throw new TypeError(`"signal" expected an AbortSignal, got ${describeValue(options.signal)}`);
  }
}
