/**
 * Flow matching, for any pairing and any interpolant.
 *
 * Y. Lipman et al., Flow Matching for Generative Modeling (ICLR 2023), theorem 2: regressing on the velocity of the
 * pairs has the same gradient as regressing on the velocity of the whole population. Cost of a batch: the pairing, then
 * O(batchSize · dim).
 */
import {
  checkFinite,
  checkFiniteArray,
  checkFunction,
  checkInteger,
  checkLength,
  checkNumericArray,
  checkOptions,
  describeValue,
} from '@brenier/errors';
import { checkRng, normal, type Rng } from '@brenier/random';
import type { Interpolant, InterpolantValues } from '../interpolant/interpolant.js';
import type { PairBatch, Pairing } from '../pairing/pairing.js';
import type { Objective, TrainingBatch } from './objective.js';

/** Options of {@link flowMatching}. */
export interface FlowMatchingOptions {
  /** Which start goes with which end. */
  readonly pairing: Pairing;
  /** The path between them, for example `linearInterpolant({ sigma: 0.1 })`. */
  readonly interpolant: Interpolant;
  /** Samples per batch, at least 1. */
  readonly batchSize: number;
  /** What reports and checkpoints call it; default `'flow-matching, batch <batchSize>'`. */
  readonly name?: string;
}

/**
 * The regression whose solution is the velocity E[dx_t/dt | x_t = x] that carries the source to the target.
 *
 * A sample is a pair, a time t uniform on [0, 1], the point x_t = αx₀ + βx₁ + γε and the target α'x₀ + β'x₁ + γ'ε.
 * Pairs, times and noise come from the forks `'pairing'`, `'time'` and `'noise'` of the batch's generator, so that two
 * objectives which differ in one of them share the others. Points and targets are computed in float64 at the float32
 * time.
 *
 * @param options - pairing, interpolant and batch size
 * @returns the objective, for the training loop of `@brenier/nets`
 * @throws TypeError or RangeError where an option is missing, unknown or not valid
 *
 * @example
 * Flow matching between two points: the target is their difference at every time.
 * ```ts
 * import { cloudSource, flowMatching, independentPairing, linearInterpolant } from '@brenier/flows';
 * import { createRng } from '@brenier/random';
 *
 * const point = (x: number) => cloudSource({ points: [x], count: 1, dim: 1 });
 * const objective = flowMatching({
 *   pairing: independentPairing(point(1), point(4)),
 *   interpolant: linearInterpolant(),
 *   batchSize: 3,
 * });
 * objective.draw(createRng(0)).target; // => [3, 3, 3]
 * ```
 */
export function flowMatching(options: FlowMatchingOptions): Objective {
  const given = checkOptions('options', options, ['pairing', 'interpolant', 'batchSize', 'name']);
  const { pairing, interpolant } = given;
  checkPart('pairing', pairing, 'draw');
  checkPart('interpolant', interpolant, 'at');
  const dim = checkInteger('pairing.dim', pairing.dim, 1);
  const count = checkInteger('batchSize', given.batchSize, 1, 2 ** 31 - 1);
  const { name = `flow-matching, batch ${count}` } = given;
  if (typeof name !== 'string') throw new TypeError(`"name" expected a string, got ${describeValue(name)}`);
  return {
    dim,
    name,
    draw(rng) {
      checkRng('rng', rng);
      const pairs = checkPairs(pairing.draw(rng.fork('pairing'), count), count * dim);
      return interpolate(pairs, drawTimes(rng.fork('time'), count), interpolant, rng.fork('noise'), dim);
    },
  };
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

const coefficients = ['alpha', 'beta', 'gamma', 'dAlpha', 'dBeta', 'dGamma'] as const;

function checkValues(values: InterpolantValues): InterpolantValues {
  for (const each of coefficients) {
    if (!Number.isFinite(values?.[each])) checkFinite(`interpolant.at(t).${each}`, values?.[each]);
  }
  return values;
}

function drawTimes(rng: Rng, count: number): Float32Array {
  return Float32Array.from({ length: count }, () => rng.uniform());
}

function interpolate(
  pairs: PairBatch,
  t: Float32Array,
  interpolant: Interpolant,
  noise: Rng,
  dim: number,
): TrainingBatch {
  const count = t.length;
  const x = new Float32Array(count * dim);
  const target = new Float32Array(count * dim);
  for (let i = 0; i < count; i++) {
    const { alpha, beta, gamma, dAlpha, dBeta, dGamma } = checkValues(interpolant.at(t[i]));
    const isNoisy = gamma !== 0 || dGamma !== 0;
    for (let j = i * dim; j < (i + 1) * dim; j++) {
      const [start, end] = [pairs.x0[j], pairs.x1[j]];
      const epsilon = isNoisy ? normal(noise) : 0;
      x[j] = alpha * start + beta * end + gamma * epsilon;
      target[j] = dAlpha * start + dBeta * end + dGamma * epsilon;
    }
  }
  return { count, dim, t, x, target };
}
