/**
 * Bridge matching (also Markovian projection): regression on the drift of the reference that knows one end of its path.
 *
 * Y. Shi, V. De Bortoli, A. Campbell, A. Doucet, Diffusion Schrödinger bridge matching, NeurIPS 2023, equations (7) and (8);
 * S. Peluchetti, Diffusion bridge mixture transports, JMLR 24 (2023), section 3. For pairs from a coupling and a state X_t of the
 * reference between them, E[drift towards x₁ | X_t = x] is the drift of the Markov process with the same law at every time; from
 * the other end, E[drift towards x₀ | X_t = x] is its drift in reversed time. Cost of a batch: the pairing, then O(batchSize · dim).
 *
 * Targets have the variance σ²t/(1 − t) forwards, without a bound as t → 1. `delta` keeps away from it, the weight `'end-variance'`
 * makes the loss bounded, and noise is drawn in opposite pairs (antithetic variates): the states x_t ± γε lie near each other just where
 * the targets' noise ±ε is largest, so that it nearly cancels in the gradient. Drifts change fastest near the ends, where times are
 * drawn more often.
 */
import { sin } from '@brenier/elementary';
import { checkInteger, checkOneOf, checkOptions, checkWithin, describeValue } from '@brenier/errors';
import type { Objective, TrainingBatch } from '@brenier/nets/fused';
import { checkRng, fillNormal, type Rng } from '@brenier/random';
import { checkReference } from '../reference/check-reference.js';
import { backwardPinnedDrift, forwardPinnedDrift } from '../reference/pinned-drift.js';
import type { Reference } from '../reference/reference.js';
import { checkDrawable } from './check-drawable.js';
import { drawPairs, type PairBatch, type Pairing } from './pairing.js';

/** Along time, or against it. */
export type Direction = 'forward' | 'backward';

/** What a sample counts in the loss: all the same, or the variance of the reference from there to the end that it leads to. */
export type DriftWeight = 'uniform' | 'end-variance';

/** Options of {@link driftMatching}. */
export interface DriftMatchingOptions {
  /** Which drift: forwards in time, or in reversed time as a function of the forward t. */
  readonly direction: Direction;
  /** The process between the ends, for example `brownian({ sigma: 1 })`. */
  readonly reference: Reference;
  /** Which start goes with which end. */
  readonly pairing: Pairing;
  /** Samples per batch, at least 1. */
  readonly batchSize: number;
  /**
   * Times lie in [delta, 1 − delta], delta in [1e-6, 0.25], with the arcsine law: of density 1/(π√(s(1 − s))) over their share s of that
   * interval. Default 1e-3.
   */
  readonly delta?: number;
  /**
   * What a sample counts: `'uniform'`, 1; `'end-variance'`, the variance of the reference from its time to the end that it leads to,
   * over σ²: 1 − t forwards and t backwards for Brownian motion. Default `'uniform'`.
   */
  readonly weight?: DriftWeight;
  /** What reports and checkpoints call it. Default: made of the options. */
  readonly name?: string;
}

/**
 * The regression whose solution is a drift of the mixture of bridges over a coupling: (E[x₁ | x_t = x] − x)/(1 − t) forwards for
 * Brownian motion, (E[x₀ | x_t = x] − x)/t backwards.
 *
 * A batch has half as many pairs of ends, each with one time and with noise of both signs; of an odd batch the last sample stands alone.
 * Pairs, times and noise come from the forks `'pairing'`, `'time'` and `'noise'` of the batch's generator, so that the two directions see
 * the same states. Computed in float64 at the float32 time.
 *
 * @param options - direction, reference, pairing, batch size
 * @returns the objective, for `train` of `@brenier/nets`; its loss has the units of a squared drift
 * @throws TypeError or RangeError where an option is missing, unknown or not valid; `draw` where the pairing gives something else
 * than finite pairs
 *
 * @example
 * Between two fixed ends every target leads from the state to the end.
 * ```ts
 * import { brownian, driftMatching } from '@brenier/bridges';
 * import { createRng } from '@brenier/random';
 *
 * const pairing = {
 *   dim: 1,
 *   draw: (_rng: unknown, count: number) => ({
 *     x0: new Float64Array(count).fill(0),
 *     x1: new Float64Array(count).fill(5),
 *   }),
 * };
 * const objective = driftMatching({ direction: 'forward', reference: brownian(), pairing, batchSize: 100 });
 * const { t, x, target } = await objective.draw(createRng(0));
 * target.every((each, i) => Math.abs(x[i] + (1 - t[i]) * each - 5) < 1e-5); // => true
 * ```
 */
export function driftMatching(options: DriftMatchingOptions): Objective {
  const given = checkOptions('options', options, optionNames);
  const { delta = 1e-3, weight = 'uniform' } = given;
  const direction = checkOneOf('direction', given.direction, ['forward', 'backward']);
  const reference = checkReference('reference', given.reference);
  const pairing = checkDrawable('pairing', given.pairing);
  const count = checkInteger('batchSize', given.batchSize, 1, 2 ** 31 - 1);
  checkWithin('delta', delta, 1e-6, 0.25);
  checkOneOf('weight', weight, ['uniform', 'end-variance']);
  const ends = `${pairing.name ?? 'unnamed'} pairing`;
  const {
    name = `${direction} drift of ${reference.name}, ${ends}, batch ${count}, delta ${delta}, ${weight} weight`,
  } = given;
  if (typeof name !== 'string') throw new TypeError(`"name" expected a string, got ${describeValue(name)}`);
  const { dim } = pairing;
  return {
    dim,
    name,
    draw(rng) {
      checkRng('rng', rng);
      const half = Math.ceil(count / 2);
      const pairs = drawPairs('pairing', pairing, rng.fork('pairing'), half);
      const t = drawTimes(rng.fork('time'), half, delta);
      const epsilon = fillNormal(rng.fork('noise'), new Float64Array(half * dim));
      const batch = bridgeStates({ pairs, t, epsilon, dim }, count, reference, direction);
      return weight === 'uniform' ? batch : { ...batch, weight: endVariances(batch.t, reference, direction) };
    },
  };
}

const optionNames = ['direction', 'reference', 'pairing', 'batchSize', 'delta', 'weight', 'name'] as const;

/** What a sample and its opposite share. */
interface Draws {
  readonly pairs: PairBatch;
  readonly t: Float32Array;
  readonly epsilon: Float64Array;
  readonly dim: number;
}

function drawTimes(rng: Rng, count: number, delta: number): Float32Array {
  return Float32Array.from({ length: count }, () => {
    const root = sin((Math.PI / 2) * rng.uniform());
    return delta + (1 - 2 * delta) * root * root;
  });
}

function bridgeStates(
  { pairs: { x0, x1 }, t: times, epsilon, dim }: Draws,
  count: number,
  reference: Reference,
  direction: Direction,
): TrainingBatch {
  const t = new Float32Array(count);
  const x = new Float32Array(count * dim);
  const target = new Float32Array(count * dim);
  const isForward = direction === 'forward';
  const knownEnd = isForward ? x1 : x0;
  const half = times.length;
  for (let row = 0; row < half; row++) {
    const time = times[row];
    const { alpha, beta, gamma } = reference.pinned(time);
    const { state, end } = isForward ? forwardPinnedDrift(reference, time) : backwardPinnedDrift(reference, time);
    for (let i = row; i < count; i += half) {
      const spread = i < half ? gamma : -gamma;
      t[i] = time;
      for (let k = 0; k < dim; k++) {
        const from = row * dim + k;
        const here = alpha * x0[from] + beta * x1[from] + spread * epsilon[from];
        x[i * dim + k] = here;
        target[i * dim + k] = state * here + end * knownEnd[from];
      }
    }
  }
  return { count, dim, t, x, target };
}

function endVariances(t: Float32Array, reference: Reference, direction: Direction): Float32Array {
  const scale = reference.sigma * reference.sigma;
  return t.map((each) => {
    const { variance } = direction === 'forward' ? reference.transition(each, 1) : reference.transition(0, each);
    return variance / scale;
  });
}
