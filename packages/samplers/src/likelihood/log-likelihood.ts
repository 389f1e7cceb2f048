/**
 * Log densities of samples of a flow, with the divergence exact or estimated: W. Grathwohl, R. T. Q. Chen, J. Bettencourt,
 * I. Sutskever, D. Duvenaud, FFJORD, ICLR 2019. Cost per field evaluation: one evaluation and d Jacobian
 * products, or one product per probe. It fails where the flow cannot be followed back, and the status says so; where it leaves the
 * region in which a learned field means something, the numbers are those of that field.
 */
import type { NumericArray } from '@brenier/errors';
import type { Rng } from '@brenier/random';
import type { ArrayField } from '../field.js';
import type { LogLikelihoodOptions } from './log-density-change.js';
import {
  startLogLikelihood,
  startLogLikelihoodEstimate,
  type EstimateLogLikelihoodOptions,
  type LogLikelihoodResult,
} from './start-log-likelihood.js';

/**
 * The log density, at every point of a batch, of the law to which a flow takes a base density: log p(x) = log p₀(x₀) − ∫ div v dt along
 * the curve from x₀ to x.
 *
 * The divergence is the exact trace of the Jacobian, by d products with unit vectors: for small d. Fields without
 * `jacobianProduct` get central differences, fit for fields computed in float64 and no others (see
 * {@link LogLikelihoodOptions.differenceStep}). The tolerances of an adaptive method hold for points and integrals alike.
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
  const integration = startLogLikelihood(field, x, options);
  integration.step(Infinity);
  return integration.result();
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
  const integration = startLogLikelihoodEstimate(rng, field, x, options);
  integration.step(Infinity);
  return integration.result();
}
