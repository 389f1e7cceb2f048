/**
 * The process of a LightSB: given X_t = x, the end is a mixture of normal laws. In the axes of Sₖ, with eigenvalues s, the component has the
 * mean (r + κεs x)/(1 + δεs), the variance εs/(1 + δεs) and the logarithmic weight log αₖ + ½Σ [(2κrx + κ²εs x² − δr²)/(1 + δεs) − log(1 + δεs)],
 * where κ = a/v of the transition from t to 1 and δ = 1/v − 1/v of the whole one. At t = 0, δ = 0 and κε = 1: the plan.
 */
import { exp, log1p } from '@brenier/elementary';
import { checkFiniteArray, checkNumericArray, describeValue, type NumericArray } from '@brenier/errors';
import { symmetricEigen } from '@brenier/ot-core';
import { checkRng, normal, type Rng } from '@brenier/random';
import type { ArrayField } from '@brenier/samplers';
import { ornsteinUhlenbeck } from '../reference/ornstein-uhlenbeck.js';
import { forwardPinnedDrift } from '../reference/pinned-drift.js';
import { product } from './gaussian/square-matrix.js';
import type { LightSb } from './light-sb.js';

/**
 * The drift of a LightSB forwards in time, in closed form.
 *
 * @param model - from {@link lightSb}
 * @returns the drift at any x and t in [0, 1); O(components · dim²) a point
 * @throws TypeError where the model is none
 *
 * @example
 * One component at 3 with the covariance of the noise: the plan from 0 has its mean there.
 * ```ts
 * import { lightSbDrift, type LightSb } from '@brenier/bridges';
 *
 * const model: LightSb = {
 *   ...{ status: 'converged', steps: 0, losses: [], sigma: 1, rate: 0, dim: 1 },
 *   logWeights: Float64Array.of(0),
 *   centres: Float64Array.of(3),
 *   factors: Float64Array.of(1),
 * };
 * const out = new Float64Array(1);
 * lightSbDrift(model).evaluate(new Float64Array([0]), 0, out);
 * out[0]; // => 3
 * ```
 */
export function lightSbDrift(model: LightSb): ArrayField {
  const ends = endsOf(model);
  const { dim } = model;
  const mean = new Float64Array(dim);
  return {
    dim,
    evaluate(x, t, out) {
      const pinned = forwardPinnedDrift(ends.reference, t);
      const law = ends.at(t);
      for (let i = 0; i < x.length; i += dim) {
        law.fill(x, i);
        mean.fill(0);
        for (let k = 0; k < model.logWeights.length; k++) law.addMean(k, law.weights[k], mean);
        for (let j = 0; j < dim; j++) out[i + j] = pinned.state * x[i + j] + pinned.end * mean[j];
      }
    },
  };
}

/**
 * Draws ends from the plan of a LightSB, one for each start: no simulation.
 *
 * @param rng - where the components and the noise come from
 * @param model - from {@link lightSb}
 * @param x - the starts, shape [count, dim]
 * @returns the ends, shape [count, dim]; O(components · dim²) a point
 * @throws TypeError or RangeError where the generator or the model is none, or the starts are no whole number of points with finite coordinates
 *
 * @example
 * A model whose plan goes to 3 ± 1e-6 from 0.
 * ```ts
 * import { sampleLightSb, type LightSb } from '@brenier/bridges';
 * import { createRng } from '@brenier/random';
 *
 * const model: LightSb = {
 *   ...{ status: 'converged', steps: 0, losses: [], sigma: 1, rate: 0, dim: 1 },
 *   logWeights: Float64Array.of(0),
 *   centres: Float64Array.of(3),
 *   factors: Float64Array.of(1e-6),
 * };
 * sampleLightSb(createRng(0), model, [0])[0].toFixed(4); // => '3.0000'
 * ```
 */
export function sampleLightSb(rng: Rng, model: LightSb, x: NumericArray): Float64Array {
  checkRng('rng', rng);
  const ends = endsOf(model);
  const { dim } = model;
  const starts = Float64Array.from(checkFiniteArray('x', checkNumericArray('x', x)));
  if (starts.length % dim !== 0) {
    throw new RangeError(`"x" expected a length that is a multiple of dim = ${dim}, got ${starts.length}`);
  }
  const law = ends.at(0);
  const out = new Float64Array(starts.length);
  for (let i = 0; i < starts.length; i += dim) {
    law.fill(starts, i);
    const k = choose(rng.uniform(), law.weights);
    const end = out.subarray(i, i + dim);
    law.addMean(k, 1, end);
    law.addNoise(k, rng, end);
  }
  return out;
}

function choose(u: number, weights: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < weights.length - 1; k++) {
    sum += weights[k];
    if (u < sum) return k;
  }
  return weights.length - 1;
}

/** The law of the end given the state at one time. */
interface EndLaw {
  /** Weights of the components after {@link EndLaw.fill}, of sum 1. */
  readonly weights: Float64Array;
  fill(x: Float64Array, first: number): void;
  addMean(k: number, weight: number, out: Float64Array): void;
  addNoise(k: number, rng: Rng, out: Float64Array): void;
}

function endsOf(model: LightSb) {
  if (!(model?.logWeights instanceof Float64Array)) {
    throw new TypeError(`"model" expected what lightSb returns, got ${describeValue(model)}`);
  }
  const { dim, logWeights, centres, factors } = model;
  const reference = ornsteinUhlenbeck({ sigma: model.sigma, rate: model.rate });
  const whole = reference.transition(0, 1);
  const epsilon = whole.variance / whole.factor;
  const axes = Array.from(logWeights, (_, k) => {
    const factor = factors.subarray(k * dim * dim, (k + 1) * dim * dim);
    const { values, vectors } = symmetricEigen(product(factor, factor, dim, true), dim);
    const centre = turn(vectors, centres, k * dim, dim);
    return { spreads: values.map((each) => epsilon * Math.max(each, 0)), vectors, centre };
  });

  const at = (t: number): EndLaw => {
    const { factor, variance } = reference.transition(t, 1);
    const pull = factor / variance;
    const sharpening = 1 / variance - 1 / whole.variance;
    const weights = new Float64Array(logWeights.length);
    const means = axes.map(() => new Float64Array(dim));
    return {
      weights,
      fill(x, first) {
        axes.forEach(({ spreads, vectors, centre }, k) => {
          const state = turn(vectors, x, first, dim);
          weights[k] = logWeights[k];
          for (let i = 0; i < dim; i++) {
            const [r, s] = [centre[i], spreads[i]];
            const shift = pull * state[i];
            const shrinking = 1 + sharpening * s;
            means[k][i] = (r + s * shift) / shrinking;
            const exponent = (2 * r * shift + s * shift * shift - sharpening * r * r) / shrinking;
            weights[k] += 0.5 * (exponent - log1p(sharpening * s));
          }
        });
        normalise(weights);
      },
      addMean(k, weight, out) {
        for (let i = 0; i < dim; i++) {
          for (let j = 0; j < dim; j++) out[j] += weight * means[k][i] * axes[k].vectors[i * dim + j];
        }
      },
      addNoise(k, rng, out) {
        for (let i = 0; i < dim; i++) {
          const noise = Math.sqrt(axes[k].spreads[i] / (1 + sharpening * axes[k].spreads[i])) * normal(rng);
          for (let j = 0; j < dim; j++) out[j] += noise * axes[k].vectors[i * dim + j];
        }
      },
    };
  };
  return { reference, at };
}

/** The coordinates of a point along the eigenvectors. */
function turn(vectors: Float64Array, points: Float64Array, first: number, dim: number): Float64Array {
  const out = new Float64Array(dim);
  for (let i = 0; i < dim; i++) for (let j = 0; j < dim; j++) out[i] += vectors[i * dim + j] * points[first + j];
  return out;
}

function normalise(logs: Float64Array): void {
  const top = logs.reduce((most, each) => Math.max(most, each), -Infinity);
  let sum = 0;
  for (let k = 0; k < logs.length; k++) sum += logs[k] = exp(logs[k] - top);
  for (let k = 0; k < logs.length; k++) logs[k] /= sum;
}
