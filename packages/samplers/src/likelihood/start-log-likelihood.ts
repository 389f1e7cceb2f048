/**
 * Log densities under way, stepped from outside: what `logLikelihood` runs in one go.
 */
import { checkInteger, checkOneOf, checkOptions, type NumericArray } from '@brenier/errors';
import { checkRng, type Rng } from '@brenier/random';
import type { ArrayField } from '../field.js';
import type { IntegrationProgress, IntegrationStatus } from '../integration/result.js';
import { drawProbes, exactDivergence, probedDivergence, type ProbeLaw } from './divergence.js';
import {
  logLikelihoodOptions,
  startFlowBack,
  type FlowBack,
  type FlowBackIntegration,
  type LogLikelihoodOptions,
} from './log-density-change.js';

/** Options of {@link estimateLogLikelihood} and {@link startLogLikelihoodEstimate}. */
export interface EstimateLogLikelihoodOptions extends LogLikelihoodOptions {
  /** Number of independent estimates of the divergence per point, >= 1; default 4. A standard error needs 2. */
  readonly probes?: number;
  /** Whether the probes have random signs or standard normal numbers as entries. Default: `'rademacher'`, of smaller variance. */
  readonly law?: ProbeLaw;
}

/** Log densities, as plain data. */
export interface LogLikelihoodResult {
  /** log p of each point at time `to`, shape [count]; NaN where the status is not `'finished'`. */
  readonly logDensity: Float64Array;
  /**
   * Standard error of `logDensity` by the spread of the probes, shape [count]; 0 where the divergence is exact, NaN for one probe. Errors
   * of the integrator are not in it.
   */
  readonly standardError: Float64Array;
  /** Where the flow takes each point from, at time `from`, shape [count, dim]. */
  readonly source: Float64Array;
  /** How the integration ended. */
  readonly status: IntegrationStatus;
  /** The time it reached on its way from `to` to `from`. */
  readonly t: number;
  /** Evaluations of the field on the whole batch, those for differences included. */
  readonly nfe: number;
  /** Calls of `field.jacobianProduct` on the whole batch. */
  readonly numProducts: number;
  /** Steps taken. */
  readonly numSteps: number;
  /** Steps tried and thrown away by an adaptive method. */
  readonly numRejected: number;
}

/** Log densities under way. */
export interface LikelihoodIntegration {
  /** `'running'` until it is done. */
  readonly status: IntegrationStatus;
  /** The time reached on the way from `to` to `from`. */
  readonly t: number;
  /** Where it stands; `nfe` counts evaluations of the point and its divergence together. */
  readonly progress: IntegrationProgress;
  /** Tries `count` steps, a whole number >= 1 or Infinity; default 1. Does nothing once it is done. */
  step(count?: number): void;
  /** The outcome up to now; log densities only where the status is `'finished'`. */
  result(): LogLikelihoodResult;
}

/**
 * The same log densities as {@link logLikelihood}, stepped by the caller or by {@link runIntegration}, which leaves the event loop
 * free.
 *
 * @param field - the velocity; its flow must not depend on other points of the batch
 * @param x - the points, row-major, shape [count, dim]
 * @param options - as for {@link logLikelihood}
 * @returns the integration before its first step
 * @throws TypeError or RangeError where an argument is not valid
 *
 * @example
 * A likelihood that a page can wait for.
 * ```ts
 * import { rk4, runIntegration, startLogLikelihood } from '@brenier/samplers';
 *
 * const growth = { dim: 1, evaluate: (x: Float64Array, t: number, out: Float64Array) => out.set(x) };
 * const { status, logDensity } = await runIntegration(startLogLikelihood(growth, [0], { method: rk4(), numSteps: 20 }));
 * status; // => 'finished'
 * logDensity[0].toFixed(5); // => '-1.91894'
 * ```
 */
export function startLogLikelihood(
  field: ArrayField,
  x: NumericArray,
  options: LogLikelihoodOptions,
): LikelihoodIntegration {
  const checked = checkOptions('options', options, logLikelihoodOptions);
  return likelihoodIntegration(startFlowBack(field, x, checked, exactDivergence), 1, 0);
}

/**
 * The same log densities as {@link estimateLogLikelihood}, stepped by the caller or by {@link runIntegration}.
 *
 * @param rng - where the probes come from; not advanced
 * @param field - the velocity; its flow must not depend on other points of the batch
 * @param x - the points, row-major, shape [count, dim]
 * @param options - as for {@link estimateLogLikelihood}
 * @returns the integration before its first step
 * @throws TypeError or RangeError where an argument is not valid
 *
 * @example
 * Two of four steps.
 * ```ts
 * import { createRng } from '@brenier/random';
 * import { euler, startLogLikelihoodEstimate } from '@brenier/samplers';
 *
 * const growth = { dim: 1, evaluate: (x: Float64Array, t: number, out: Float64Array) => out.set(x) };
 * const integration = startLogLikelihoodEstimate(createRng(0), growth, [0], { method: euler(), numSteps: 4 });
 * integration.step(2);
 * [integration.status, integration.t]; // => ['running', 0.5]
 * ```
 */
export function startLogLikelihoodEstimate(
  rng: Rng,
  field: ArrayField,
  x: NumericArray,
  options: EstimateLogLikelihoodOptions,
): LikelihoodIntegration {
  checkRng('rng', rng);
  const checked = checkOptions('options', options, [...logLikelihoodOptions, 'probes', 'law']);
  const { probes = 4, law = 'rademacher' } = checked;
  checkInteger('probes', probes, 1, 2 ** 20);
  checkOneOf('law', law, ['rademacher', 'normal']);
  const back = startFlowBack(field, x, checked, (product, count, dim) =>
    probedDivergence(product, drawProbes(rng, law, probes, count * dim), dim),
  );
  return likelihoodIntegration(back, probes, NaN);
}

function likelihoodIntegration(back: FlowBackIntegration, columns: number, single: number): LikelihoodIntegration {
  const { integration } = back;
  return {
    get status() {
      return integration.status;
    },
    get t() {
      return integration.t;
    },
    get progress() {
      return integration.progress;
    },
    step: (count) => integration.step(count),
    result: () => report(back.result(), columns, single),
  };
}

/** Means over the columns of each point and their standard errors; `single` is the standard error of one column. */
function report(
  { base, change, source, numProducts, outcome }: FlowBack,
  columns: number,
  single: number,
): LogLikelihoodResult {
  const { status, t, nfe, numSteps, numRejected } = outcome;
  const isDone = status === 'finished';
  const logDensity = new Float64Array(base.length).fill(NaN);
  const standardError = new Float64Array(base.length).fill(isDone ? single : NaN);
  for (let i = 0; isDone && i < base.length; i++) {
    const row = change.subarray(i * columns, (i + 1) * columns);
    const mean = row.reduce((sum, value) => sum + value, 0) / columns;
    logDensity[i] = base[i] + mean;
    if (columns === 1) continue;
    const squares = row.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    standardError[i] = Math.sqrt(squares / (columns * (columns - 1)));
  }
  return { logDensity, standardError, source, status, t, nfe, numProducts, numSteps, numRejected };
}
