/**
 * The noise of an integration as a function of step and point. Step k draws from `rng.fork(k)` alone, so its noise does not depend
 * on how the integration is driven, interrupted or resumed, nor on what else draws from `rng`.
 */
import { checkNonNegative } from '@brenier/errors';
import { streamKey, type Rng } from '@brenier/random';
import { checkDiffusion, type Diffusion } from '../fields/field-guards.js';
import type { WalkNoise } from '../field.js';
import type { StochasticMethod } from '../methods/stochastic-method.js';

/** What a stepper adds to the steps of a Runge–Kutta method. */
export interface StepNoise {
  /** The multiple of the noise in the argument of each stage. */
  readonly nodes: readonly number[];
  /** The standard deviation in step k, per coordinate. */
  readonly spreads: Float64Array;
  /** The stream of step k, at its start. */
  stream(k: number): Rng;
}

/** The noise of a method on a grid; the diffusion is evaluated and checked here, once per step end that the method asks for. */
export function stepNoise(rng: Rng, method: StochasticMethod, diffusion: Diffusion, grid: Float64Array): StepNoise {
  const { noiseNodes, diffusionWeights } = method;
  const [first, last] = diffusionWeights;
  const sigma = checkDiffusion(diffusion);
  const numSteps = grid.length - 1;
  // An end of the grid that the method has no use for is left alone: σ may be singular there.
  const sigmas = grid.map((t, k) => ((k === 0 && first === 0) || (k === numSteps && last === 0) ? 0 : sigma(t)));
  const spreads = new Float64Array(numSteps);
  for (let k = 0; k < numSteps; k++) {
    const [from, to] = [grid[k], grid[k + 1]];
    spreads[k] = (first * sigmas[k] + last * sigmas[k + 1]) * Math.sqrt(Math.abs(to - from));
    if (method.noiseFactor === undefined) continue;
    spreads[k] *= checkNonNegative('method.noiseFactor(…)', method.noiseFactor(from, to, grid[numSteps]));
  }
  return { nodes: noiseNodes, spreads, stream: (k) => rng.fork(k) };
}

/** The noise of the steps from `start` to `end` as plain data; `undefined` where the generator is not one of `@brenier/random`. */
export function walkNoise({ nodes, spreads, stream }: StepNoise, start: number, end: number): WalkNoise | undefined {
  const keys = new Uint32Array(4 * (end - start));
  for (let k = start; k < end; k++) {
    const key = streamKey(stream(k));
    if (key === undefined) return undefined;
    keys.set(key, 4 * (k - start));
  }
  return { keys, spreads: spreads.subarray(start, end), nodes };
}
