import { createRng, fillNormal, fillUniform, type Rng } from '@brenier/random';
import { expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { fusedMlp, type TrainingBatch } from '../../src/fused.js';
import { referenceVelocity } from '../reference-mlp.js';

// Every loss of the literature on flows and bridges in terms of a batch: a target and a weight for each sample. Its
// value is taken from the formula of the paper, in float64, with the noise that made the batch.

const sigma = 0.7;
const network = fusedMlp({ dim: 2, hidden: [8, 8] });
const parameters = network.initParameters(createRng(0));

interface Draw {
  readonly t: number;
  readonly x0: readonly number[];
  readonly x1: readonly number[];
  readonly noise: readonly number[];
}

interface Loss {
  /** The point of a sample. */
  readonly point: (draw: Draw) => number[];
  /** What the network is regressed on there. */
  readonly target: (draw: Draw, x: readonly number[]) => number[];
  /** The weight of the sample; default 1. */
  readonly weight?: (draw: Draw) => number;
  /**
   * The loss of one sample as the paper writes it, from the network's answer; its mean over coordinates is compared.
   */
  readonly paper: (answer: readonly number[], draw: Draw, x: readonly number[]) => number;
}

const squaredLength = (v: readonly number[]) => v.reduce((sum, each) => sum + each * each, 0);
const combine = (a: number, x: readonly number[], b: number, y: readonly number[]) =>
  x.map((each, k) => a * each + b * y[k]);
const minus = (x: readonly number[], y: readonly number[]) => combine(1, x, -1, y);
const bridge = ({ t, x0, x1, noise }: Draw) =>
  combine(1, combine(1 - t, x0, t, x1), sigma * Math.sqrt(t * (1 - t)), noise);
const lambda = (t: number) => (2 * Math.sqrt(t * (1 - t))) / sigma;

const losses: Record<string, Loss> = {
  'conditional flow matching (Tong et al. 2024)': {
    point: ({ t, x0, x1, noise }) => combine(1, combine(1 - t, x0, t, x1), sigma, noise),
    target: ({ x0, x1 }) => minus(x1, x0),
    paper: (v, { x0, x1 }) => squaredLength(minus(v, minus(x1, x0))),
  },
  'flow matching (Lipman et al. 2023, eq. 23)': {
    point: ({ t, x1, noise }) => combine(t, x1, 1 - (1 - sigma) * t, noise),
    target: ({ t, x1 }, x) => combine(1 / (1 - (1 - sigma) * t), x1, -(1 - sigma) / (1 - (1 - sigma) * t), x),
    paper: (v, { x1, noise }) => squaredLength(minus(v, combine(1, x1, -(1 - sigma), noise))),
  },
  'the flow of a Schrödinger bridge (Tong et al. 2024)': {
    point: bridge,
    target: ({ t, x0, x1 }, x) => {
      const mean = combine(1 - t, x0, t, x1);
      return combine((1 - 2 * t) / (2 * t * (1 - t)), minus(x, mean), 1, minus(x1, x0));
    },
    paper: (v, { t, x0, x1, noise }) =>
      squaredLength(minus(v, combine((sigma * (1 - 2 * t)) / (2 * Math.sqrt(t * (1 - t))), noise, 1, minus(x1, x0)))),
  },
  'the score of a Schrödinger bridge, ‖λ s + ε‖² (SF2M, Tong et al. 2024)': {
    point: bridge,
    target: ({ t, noise }) => noise.map((each) => -each / lambda(t)),
    weight: ({ t }) => lambda(t) ** 2,
    paper: (s, { t, noise }) => squaredLength(combine(lambda(t), s, 1, noise)),
  },
  'forward bridge matching, weighted by the variance of its target (Shi et al. 2023)': {
    point: bridge,
    target: ({ t, x1 }, x) => minus(x1, x).map((each) => each / (1 - t)),
    weight: ({ t }) => sigma ** 2 * (1 - t),
    paper: (v, { t, x0, x1, noise }) => {
      const wanted = combine(1, minus(x1, x0), -sigma * Math.sqrt(t / (1 - t)), noise);
      return sigma ** 2 * (1 - t) * squaredLength(minus(v, wanted));
    },
  },
  'backward bridge matching, weighted by the variance of its target (Shi et al. 2023)': {
    point: bridge,
    target: ({ t, x0 }, x) => minus(x0, x).map((each) => each / t),
    weight: ({ t }) => sigma ** 2 * t,
    paper: (v, { t, x0, x1, noise }) => {
      const wanted = combine(1, minus(x0, x1), -sigma * Math.sqrt((1 - t) / t), noise);
      return sigma ** 2 * t * squaredLength(minus(v, wanted));
    },
  },
};

function drawAll(rng: Rng, count: number): Draw[] {
  const pair = () => [...fillNormal(rng, new Float64Array(2))];
  return Array.from({ length: count }, () => ({
    // Bridges are pinned at both ends: their targets are drawn away from them.
    t: Math.fround(fillUniform(rng, new Float64Array(1), { low: 1e-3, high: 1 - 1e-3 })[0]),
    x0: pair(),
    x1: pair(),
    noise: pair(),
  }));
}

describe('the loss of a batch', () => {
  it.each(Object.entries(losses))('can be %s', (_, { point, target, weight, paper }) => {
    const draws = drawAll(createRng(1), 200);
    const points = draws.map((draw) => point(draw));
    const batch: TrainingBatch = {
      count: draws.length,
      dim: 2,
      t: Float32Array.from(draws, ({ t }) => t),
      x: Float32Array.from(points.flat()),
      target: Float32Array.from(draws.flatMap((draw, i) => target(draw, points[i]))),
      ...(weight && { weight: Float32Array.from(draws, weight) }),
    };
    const expected = draws.reduce((sum, draw, i) => {
      return sum + paper(referenceVelocity(network, parameters, points[i], draw.t), draw, points[i]);
    }, 0);
    const loss = network.lossAndGradient(parameters, batch, parameters.slice());
    // The mean over samples and coordinates. Points, targets and weights are rounded to float32.
    expectClose(loss, expected / (2 * draws.length), { relative: 3e-6 });
    expect(loss).toBeGreaterThan(0.1);
  });
});
