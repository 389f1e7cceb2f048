import { createRng } from '@brenier/random';
import { integrateSde, type StochasticMethod } from '../src/index.js';
import { scalarField } from './fields.js';

/** Steps of one length from 0 to 1. */
export const equalTimes = (numSteps: number) => Float64Array.from({ length: numSteps + 1 }, (_, k) => k / numSteps);

/**
 * The variance with which the Schrödinger bridge with reference σW from N(0, 1) to N(0, s²) arrives, by a method on a grid. The bridge is
 * the one of the tests of bridge drifts: D = √(4s² + σ⁴), endpoint covariance c = (D − σ²)/2. Its drift is linear, so the variance obeys a
 * recursion that needs no random numbers.
 */
export function arrivalVariance(method: StochasticMethod, times: Float64Array, sigma: number, s: number): number {
  const c = (Math.sqrt(4 * s * s + sigma ** 4) - sigma * sigma) / 2;
  const variance = (t: number) => (1 - t) ** 2 + t * t * s * s + 2 * t * (1 - t) * c + sigma * sigma * t * (1 - t);
  const drift = scalarField((x, t) => (((t * s * s + (1 - t) * c) / variance(t) - 1) / (1 - t)) * x);
  let arrived = 1;
  for (let k = 0; k + 1 < times.length; k++) {
    const [from, to] = [times[k], times[k + 1]];
    // What a step makes of 1 without noise, and its noise as the method scales it.
    const { final } = integrateSde(createRng(0), drift, [1], { method, diffusion: 0, times: [from, to] });
    const factor = method.noiseFactor?.(from, to, times.at(-1)!) ?? 1;
    arrived = final[0] ** 2 * arrived + (sigma * factor) ** 2 * (to - from);
  }
  return arrived;
}
