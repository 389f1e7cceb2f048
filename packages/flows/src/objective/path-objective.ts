/**
 * What every objective on a path shares: pairs, times, noise and classes of a batch, and points between the pairs. The
 * objectives differ in the linear combination of start, end and noise that they regress on, and in what a sample
 * counts.
 */
import {
  checkFinite,
  checkFiniteArray,
  checkFunction,
  checkInteger,
  checkLength,
  checkNonNegative,
  checkNumericArray,
  checkOptions,
  checkWithin,
  describeValue,
} from '@brenier/errors';
import { checkRng, normal, type Rng } from '@brenier/random';
import type { Interpolant, InterpolantValues } from '../interpolant/interpolant.js';
import { checkTimeMargin } from '../interpolant/time-margin.js';
import type { PairBatch, Pairing } from '../pairing/pairing.js';
import { objectiveName } from './objective-name.js';
import type { Objective, TrainingBatch } from './objective.js';
import { checkPairLabels, dropLabels } from './pair-labels.js';

/** Options of {@link flowMatching} and {@link scoreMatching}. */
export interface FlowMatchingOptions {
  /** Which start goes with which end. */
  readonly pairing: Pairing;
  /** The path between them, for example `linearInterpolant({ sigma: 0.1 })`. */
  readonly interpolant: Interpolant;
  /** Samples per batch, at least 1. */
  readonly batchSize: number;
  /** δ in [0, ½): times are uniform on [δ, 1−δ]. Default: that of the interpolant, for most of them 0. */
  readonly timeMargin?: number;
  /** What the squared error of a sample at time t counts, at least 0. Default: 1 for velocities, γ² for scores. */
  readonly weight?: (t: number) => number;
  /** Part of the samples, in [0, 1], whose class becomes −1, so that a net learns to do without; default 0. */
  readonly labelDropout?: number;
  /**
   * What reports and checkpoints call it. Default: made of the options, for example `'flow-matching, exact pairing,
   * linear(sigma 0.1) interpolant, batch 512'`. It cannot tell one `weight`, or the data of one source, from another.
   */
  readonly name?: string;
}

/** A target start·x₀ + end·x₁ + noise·ε, and what its squared error counts where the caller does not say. */
export interface Regression {
  readonly start: number;
  readonly end: number;
  readonly noise: number;
  /** 1 where absent. */
  readonly weight?: number;
}

const OPTION_NAMES = ['pairing', 'interpolant', 'batchSize', 'timeMargin', 'weight', 'labelDropout', 'name'] as const;

/**
 * The objective whose target is `regressionOf` the interpolant's values at the time of a sample. That function refuses
 * values it cannot use; it is asked for both ends of the times before the training, since what is infinite there would
 * come up after a million samples only.
 */
export function pathObjective(
  method: string,
  options: FlowMatchingOptions,
  regressionOf: (values: InterpolantValues) => Regression,
): Objective {
  const { pairing, interpolant, weight, ...given } = checkOptions('options', options, OPTION_NAMES);
  checkPart('pairing', pairing, 'draw');
  checkPart('interpolant', interpolant, 'at');
  if (weight !== undefined) checkFunction('weight', weight);
  const dim = checkInteger('pairing.dim', pairing.dim, 1);
  const count = checkInteger('batchSize', given.batchSize, 1, 2 ** 31 - 1);
  const margin = checkTimeMargin('timeMargin', given.timeMargin ?? interpolant.timeMargin ?? 0);
  const labelDropout = checkWithin('labelDropout', given.labelDropout ?? 0, 0, 1);
  const settings = { pairing, interpolant, weight, batchSize: count, timeMargin: margin, labelDropout };
  const { name = objectiveName(method, settings) } = given;
  if (typeof name !== 'string') throw new TypeError(`"name" expected a string, got ${describeValue(name)}`);
  const sampleAt = (t: number): Sample => {
    const values = checkValues(interpolant.at(t));
    const regression = regressionOf(values);
    return { values, regression, weight: weight ? checkNonNegative('weight(t)', weight(t)) : regression.weight };
  };
  for (const end of [margin, 1 - margin]) sampleAt(Math.fround(end));
  return {
    dim,
    name,
    draw(rng) {
      checkRng('rng', rng);
      const pairs = checkPairs(pairing.draw(rng.fork('pairing'), count), count * dim);
      const label = dropLabels(rng.fork('label'), checkPairLabels(pairs, count), labelDropout);
      const t = drawTimes(rng.fork('time'), count, margin);
      return { ...interpolate(pairs, t, sampleAt, rng.fork('noise'), dim), ...(label && { label }) };
    },
  };
}

/** Everything about a sample that its time decides. */
interface Sample {
  readonly values: InterpolantValues;
  readonly regression: Regression;
  readonly weight: number | undefined;
}

function checkPart(name: string, part: unknown, method: string): void {
  if (typeof part !== 'object' || part === null)
    throw new TypeError(`"${name}" expected an object, got ${describeValue(part)}`);
  checkFunction(`${name}.${method}`, (part as Record<string, () => unknown>)[method]);
}

/** What comes from a pairing may be anybody's code, and a NaN here would spoil a training run silently. */
function checkPairs(pairs: PairBatch, length: number): PairBatch {
  for (const end of ['x0', 'x1'] as const) {
    const name = `pairing.draw(…).${end}`;
    checkFiniteArray(name, checkLength(name, checkNumericArray(name, pairs?.[end]), length));
  }
  return pairs;
}

/** All but γ', which may be infinite where a target does without it. */
const coefficients = ['alpha', 'beta', 'gamma', 'dAlpha', 'dBeta'] as const;

function checkValues(values: InterpolantValues): InterpolantValues {
  for (const each of coefficients) {
    if (!Number.isFinite(values?.[each])) checkFinite(`interpolant.at(t).${each}`, values?.[each]);
  }
  return values;
}

function drawTimes(rng: Rng, count: number, margin: number): Float32Array {
  return Float32Array.from({ length: count }, () => margin + (1 - 2 * margin) * rng.uniform());
}

function interpolate(
  pairs: PairBatch,
  t: Float32Array,
  sampleAt: (t: number) => Sample,
  noise: Rng,
  dim: number,
): TrainingBatch {
  const count = t.length;
  const x = new Float32Array(count * dim);
  const target = new Float32Array(count * dim);
  const weights = new Float32Array(count).fill(1);
  let isWeighted = false;
  for (let i = 0; i < count; i++) {
    const { values, regression, weight } = sampleAt(t[i]);
    const { alpha, beta, gamma } = values;
    const isNoisy = gamma !== 0 || regression.noise !== 0;
    for (let j = i * dim; j < (i + 1) * dim; j++) {
      const [start, end] = [pairs.x0[j], pairs.x1[j]];
      const epsilon = isNoisy ? normal(noise) : 0;
      x[j] = alpha * start + beta * end + gamma * epsilon;
      target[j] = regression.start * start + regression.end * end + regression.noise * epsilon;
    }
    if (weight === undefined) continue;
    weights[i] = weight;
    isWeighted = true;
  }
  return { count, dim, t, x, target, ...(isWeighted && { weight: weights }) };
}
