/**
 * Log densities of samples of a flow, with the divergence exact or estimated: W. Grathwohl, R. T. Q. Chen, J. Bettencourt,
 * I. Sutskever, D. Duvenaud, FFJORD, ICLR 2019. Cost per field evaluation: one evaluation and d Jacobian
 * products, or one product per probe. It fails where the flow cannot be followed back, and the status says so; where it leaves the
 * region in which a learned field means something, the numbers are those of that field.
 */
import { checkInteger, checkOneOf, checkOptions, type NumericArray } from '@brenier/errors';
import { checkRng, type Rng } from '@brenier/random';
import type { ArrayField } from '../field.js';
import type { IntegrationStatus } from '../integration/result.js';
import { drawProbes, exactDivergence, probedDivergence, type ProbeLaw } from './divergence.js';
import { flowBackOptions, followBack, type FlowBack, type FlowBackOptions } from './log-density-change.js';

/** Options of {@link logLikelihood}. */
export type LogLikelihoodOptions = FlowBackOptions;

/** Options of {@link estimateLogLikelihood}. */
export interface EstimateLogLikelihoodOptions extends FlowBackOptions {
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

/**
 * The log density, at every point of a batch, of the law to which a flow takes a base density: log p(x) = log p₀(x₀) − ∫ div v dt along
 * the curve from x₀ to x.
 *
 * The divergence is the exact trace of the Jacobian, by d products with unit vectors: for small d. Fields without
 * `jacobianProduct` get central differences, fit for fields computed in float64 and no others (see
 * {@link FlowBackOptions.differenceStep}). The tolerances of an adaptive method hold for points and integrals alike.
 *
 * @param field - the velocity; its flow must not depend on other points of the batch
 * @param x - the points, row-major, shape [count, dim]
 * @param options - the method, the times, the base density, who looks on
 * @returns the log densities, the points at the source, the cost and the status
 * @throws TypeError or RangeError where an argument is not valid; what the field and the base density throw
 *
 * @example
 * The flow x' = x takes N(0, 1) to N(0, e²): at 0 the density is 1 / (e√(2π)).
 * ```ts
 * import { dormandPrince, logLikelihood } from '@brenier/samplers';
 *
 * const growth = { dim: 1, evaluate: (x: Float64Array, t: number, out: Float64Array) => out.set(x) };
 * const { logDensity, status } = logLikelihood(growth, [0], { method: dormandPrince() });
 * status; // => 'finished'
 * logDensity[0].toFixed(6); // => '-1.918939'
 * ```
 */
export function logLikelihood(field: ArrayField, x: NumericArray, options: LogLikelihoodOptions): LogLikelihoodResult {
  const checked = checkOptions('options', options, flowBackOptions);
  return report(followBack(field, x, checked, exactDivergence), 1, 0);
}

/**
 * The same log densities as {@link logLikelihood}, with the divergence estimated by random probes: one Jacobian product per probe and
 * evaluation, whatever the dimension.
 *
 * Unbiased up to the error of the integrator. Probe c draws from `rng.fork(c)` and stays the same along the trajectory.
 *
 * @param rng - where the probes come from; not advanced
 * @param field - the velocity; its flow must not depend on other points of the batch
 * @param x - the points, row-major, shape [count, dim]
 * @param options - as for {@link logLikelihood}, and the probes
 * @returns the log densities with their standard errors, the points at the source, the cost and the status
 * @throws TypeError or RangeError where an argument is not valid; what the field and the base density throw
 *
 * @example
 * Random signs find the trace of a diagonal Jacobian without error.
 * ```ts
 * import { createRng } from '@brenier/random';
 * import { estimateLogLikelihood, rk4 } from '@brenier/samplers';
 *
 * const growth = { dim: 2, evaluate: (x: Float64Array, t: number, out: Float64Array) => out.set(x) };
 * const options = { method: rk4(), numSteps: 20, probes: 2 };
 * const { logDensity, standardError } = estimateLogLikelihood(createRng(0), growth, [0, 0], options);
 * logDensity[0].toFixed(6); // => '-3.837877'
 * standardError[0] < 1e-9; // => true
 * ```
 */
export function estimateLogLikelihood(
  rng: Rng,
  field: ArrayField,
  x: NumericArray,
  options: EstimateLogLikelihoodOptions,
): LogLikelihoodResult {
  checkRng('rng', rng);
  const checked = checkOptions('options', options, [...flowBackOptions, 'probes', 'law']);
  const { probes = 4, law = 'rademacher' } = checked;
  checkInteger('probes', probes, 1, 2 ** 20);
  checkOneOf('law', law, ['rademacher', 'normal']);
  const back = followBack(field, x, checked, (product, count, dim) =>
    probedDivergence(product, drawProbes(rng, law, probes, count * dim), dim),
  );
  return report(back, probes, NaN);
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
