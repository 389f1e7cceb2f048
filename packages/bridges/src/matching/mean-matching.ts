/**
 * Mean matching: from paths of one direction, the regression that gives the drift of the other. V. De Bortoli, J. Thornton, J. Heng,
 * A. Doucet, Diffusion Schrödinger bridge, NeurIPS 2021, proposition 3. A path steps from x_k to x_{k+1} = F_k(x_k) + noise with
 * F_k(x) = x + |h_k|·f(x, t_k); the mean of the step back from x_{k+1} is fitted to x_{k+1} + F_k(x_k) − F_k(x_{k+1}), which as a drift is
 * (x_k − x_{k+1})/|h_k| + f(x_k, t_k) − f(x_{k+1}, t_k). Cost: two evaluations a step.
 */
import type { TrainingBatch } from '@brenier/nets/fused';
import { integer, type Rng } from '@brenier/random';
import type { ArrayField } from '@brenier/samplers';

/** Everything that batches are drawn from. */
export interface MeanMatches {
  readonly dim: number;
  /** The times at which the paths are left: t_{k+1}, shape [steps]. */
  readonly times: Float64Array;
  /** What a sample of each step counts: (steps·|h_k|)², so that it is the mean that is fitted and not the drift. */
  readonly weights: Float64Array;
  /** x_{k+1}, shape [steps][count · dim]. */
  readonly states: readonly Float64Array[];
  /** The drift back from there, shape [steps][count · dim]. */
  readonly targets: readonly Float64Array[];
}

/** The matches of paths, shape [steps + 1][count · dim], that followed `drift` along `times`, in either direction. */
export function meanMatches(paths: readonly Float64Array[], times: Float64Array, drift: ArrayField): MeanMatches {
  const steps = times.length - 1;
  const targets = Array.from({ length: steps }, (_, k) => {
    const h = Math.abs(times[k + 1] - times[k]);
    const here = new Float64Array(paths[k].length);
    const there = new Float64Array(paths[k].length);
    drift.evaluate(paths[k], times[k], here);
    drift.evaluate(paths[k + 1], times[k], there);
    for (let j = 0; j < here.length; j++) here[j] += (paths[k][j] - paths[k + 1][j]) / h - there[j];
    return here;
  });
  const weights = targets.map((_, k) => {
    const relative = steps * Math.abs(times[k + 1] - times[k]);
    return relative * relative;
  });
  return {
    dim: drift.dim,
    times: times.slice(1),
    weights: Float64Array.from(weights),
    states: paths.slice(1),
    targets,
  };
}

/** Draws a path and a step of it for each sample, uniformly. */
export function drawMeanMatches(matches: MeanMatches, rng: Rng, count: number): TrainingBatch {
  const { dim, times, weights, states, targets } = matches;
  const size = states[0].length / dim;
  const t = new Float32Array(count);
  const weight = new Float32Array(count);
  const x = new Float32Array(count * dim);
  const target = new Float32Array(count * dim);
  for (let i = 0; i < count; i++) {
    const k = integer(rng, 0, times.length);
    const row = integer(rng, 0, size) * dim;
    t[i] = times[k];
    weight[i] = weights[k];
    for (let j = 0; j < dim; j++) {
      x[i * dim + j] = states[k][row + j];
      target[i * dim + j] = targets[k][row + j];
    }
  }
  return { count, dim, t, x, target, weight };
}
