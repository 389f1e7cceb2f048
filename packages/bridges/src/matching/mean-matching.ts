/**
 * Mean matching: from paths of one direction, the regression that gives the drift of the other. V. De Bortoli, J. Thornton, J. Heng,
 * A. Doucet, Diffusion Schrödinger bridge, NeurIPS 2021, proposition 3. A path steps from x_k to x_{k+1} = F_k(x_k) + noise with
 * F_k(x) = x + |h_k|·f(x, t_k); the mean of the step back from x_{k+1} is fitted to x_{k+1} + F_k(x_k) − F_k(x_{k+1}), which as a drift is
 * (x_k − x_{k+1})/|h_k| + f(x_k, t_k) − f(x_{k+1}, t_k).
 *
 * That is noise of variance σ²/|h_k| around the drift. So each step is matched twice, as it went and with its noise reversed
 * (antithetic variates): the two states are near each other, and the noise of their targets nearly cancels in the gradient. Cost: three
 * evaluations a step.
 */
import type { TrainingBatch } from '@brenier/nets/fused';
import { integer, type Rng } from '@brenier/random';
import type { ArrayField } from '@brenier/samplers';

/** Everything that batches are drawn from. */
export interface MeanMatches {
  readonly dim: number;
  /** The times at which the steps arrive: t_{k+1}, shape [steps]. */
  readonly times: Float64Array;
  /** What a sample of each step counts: (steps·|h_k|)², so that it is the mean that is fitted and not the drift. */
  readonly weights: Float64Array;
  /** The steps as they went. */
  readonly drawn: readonly StepMatch[];
  /** The same steps with the opposite noise. */
  readonly opposite: readonly StepMatch[];
}

/** Where a step of all paths arrives, and the drift back from there; both of shape [count · dim]. */
interface StepMatch {
  readonly state: Float64Array;
  readonly target: Float64Array;
}

/** The matches of paths, shape [steps + 1][count · dim], that followed `drift` along `times`, in either direction. */
export function meanMatches(paths: readonly Float64Array[], times: Float64Array, drift: ArrayField): MeanMatches {
  const steps = times.length - 1;
  const lengths = Float64Array.from({ length: steps }, (_, k) => Math.abs(times[k + 1] - times[k]));
  const here = new Float64Array(paths[0].length);
  const drawn: StepMatch[] = [];
  const opposite: StepMatch[] = [];
  lengths.forEach((h, k) => {
    const [x, arrived] = [paths[k], paths[k + 1]];
    drift.evaluate(x, times[k], here);
    const match = (state: Float64Array): StepMatch => {
      const target = new Float64Array(state.length);
      drift.evaluate(state, times[k], target);
      for (let j = 0; j < target.length; j++) target[j] = here[j] - target[j] + (x[j] - state[j]) / h;
      return { state, target };
    };
    drawn.push(match(arrived));
    opposite.push(match(arrived.map((each, j) => 2 * (x[j] + h * here[j]) - each)));
  });
  const weights = lengths.map((h) => (steps * h) ** 2);
  return { dim: drift.dim, times: times.slice(1), weights, drawn, opposite };
}

/** Draws a path and a step of it, uniformly, for every two samples: the step as it went, and with the opposite noise. */
export function drawMeanMatches(matches: MeanMatches, rng: Rng, count: number): TrainingBatch {
  const { dim, times, weights, drawn, opposite } = matches;
  const size = drawn[0].state.length / dim;
  const t = new Float32Array(count);
  const weight = new Float32Array(count);
  const x = new Float32Array(count * dim);
  const target = new Float32Array(count * dim);
  const put = (i: number, k: number, row: number, match: StepMatch): void => {
    t[i] = times[k];
    weight[i] = weights[k];
    for (let j = 0; j < dim; j++) {
      x[i * dim + j] = match.state[row + j];
      target[i * dim + j] = match.target[row + j];
    }
  };
  for (let i = 0; i < count; i += 2) {
    const k = integer(rng, 0, times.length);
    const row = integer(rng, 0, size) * dim;
    put(i, k, row, drawn[k]);
    if (i + 1 < count) put(i + 1, k, row, opposite[k]);
  }
  return { count, dim, t, x, target, weight };
}
