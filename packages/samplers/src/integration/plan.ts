/**
 * The options of the front doors, checked once and turned into a plan that any state algebra can carry out.
 */
import { checkFunction, checkNonNegative, checkOneOf, checkOptions, describeValue } from '@brenier/errors';
import { checkRng, type Rng } from '@brenier/random';
import type { StochasticMethod } from '../methods/stochastic-method.js';
import type { AdaptiveMethod, FixedStepMethod } from '../methods/tableau.js';
import { adaptiveStepper } from './adaptive.js';
import { fixedStepper } from './fixed-step.js';
import type { IntegrationPlan } from './integration.js';
import type { WatchOptions } from './result.js';
import { stochasticStepper } from './stochastic.js';
import { reportTimes, stepGrid, type TimeOptions } from './time-grid.js';

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

/** Options of {@link integrateSde} and {@link startSdeIntegration}. Time runs forwards: `from` lies before `to`. */
export interface IntegrateSdeOptions extends TimeOptions, KeepOptions, WatchOptions {
  /** How to step: `eulerMaruyama()`. */
  readonly method: StochasticMethod;
  /** σ ≥ 0, or σ(t): the noise has variance σ² per unit of time in every coordinate. */
  readonly diffusion: number | ((t: number) => number);
}

const shared = ['method', 'numSteps', 'times', 'from', 'to', 'keep', 'signal', 'onProgress'] as const;

/** The plan of an ordinary differential equation. */
export function planOde(options: IntegrateOptions): IntegrationPlan {
  const { method: integrator } = checkOptions('options', options, shared);
  const method = checkMethod(integrator, ['fixed-step', 'adaptive']);
  const keepStart = checkKeep(options);
  checkWatch(options);
  if (method.kind === 'fixed-step') {
    const grid = stepGrid(options);
    return { keepStart, createStepper: (algebra) => fixedStepper(algebra, method, grid, keepStart) };
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
  if (typeof diffusion !== 'function') checkNonNegative('diffusion', diffusion);
  const keepStart = checkKeep(options);
  checkWatch(options);
  const grid = stepGrid(options);
  if (grid[0] > grid.at(-1)!) {
    throw new RangeError(
      `"to" expected a time after "from": a reverse-time SDE has another drift; got ${grid[0]} to ${grid.at(-1)}`,
    );
  }
  return { keepStart, createStepper: (algebra) => stochasticStepper(algebra, method, rng, diffusion, grid, keepStart) };
}

function checkMethod<M extends { readonly kind: string }>(method: M, kinds: readonly M['kind'][]): M {
  if (typeof method !== 'object' || method === null)
    throw new TypeError(`"method" expected an integrator, got ${describeValue(method)}`);
  checkOneOf('method.kind', method.kind, kinds);
  if (!('tableau' in method || 'createStep' in method)) {
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
