/**
 * Rectification in rounds: k-rectified flow, "reflow".
 *
 * X. Liu, C. Gong and Q. Liu, Flow Straight and Fast: Learning to Generate and Transfer Data with Rectified Flow (ICLR
 * 2023), algorithm 1. A field is fitted to independent pairs; it carries the starts, and the pairs of starts and ends
 * that come out train the next. Each round keeps the marginals as well as the fit and the integration are exact, so
 * errors add up; the straightest of k rounds bends at most like 1/k. A straight coupling need not be the optimal one,
 * except on the line. Cost: the trainings, and the walks of all starts.
 */
import { checkFunction, checkInteger, checkOptions } from '@brenier/errors';
import { checkRng, type Rng } from '@brenier/random';
import type { Objective } from '../objective/objective.js';
import { rectifiedFlow } from '../objective/rectified-flow.js';
import { independentPairing } from '../pairing/independent-pairing.js';
import { modelPairing, type CarryOptions } from '../pairing/model-pairing.js';
import type { Pairing } from '../pairing/pairing.js';
import { storedPairing } from '../pairing/stored-pairing.js';
import { checkSameDim, drawChecked, isLabelled } from '../source/check-source.js';
import type { LabelledSource } from '../source/labelled-source.js';
import type { PointSource } from '../source/point-source.js';

/** Where a rectification stands when a round begins. */
export interface RectifyRound {
  /** Reflows before this round: 0 for the first. */
  readonly reflows: number;
  /** Where the training takes its randomness from. */
  readonly rng: Rng;
}

/** Options of {@link rectify}. */
export interface RectifyOptions<Model> {
  /** The distribution at time 0. */
  readonly source: PointSource;
  /** The distribution at time 1, of the same dimension, with or without classes. */
  readonly target: PointSource;
  /** Samples per batch, at least 1. */
  readonly batchSize: number;
  /** Rounds after the first, at least 0; default 1. */
  readonly reflows?: number;
  /** Pairs that a model makes once for the next round; default: none, it carries fresh starts for every batch. */
  readonly pairs?: number;
  /** Trains a model on an objective, from what the round before gave or not; that is `undefined` in the first. */
  fit(objective: Objective, round: RectifyRound, previous: Model | undefined): Model | Promise<Model>;
  /**
   * Carries starts, row-major of shape [count, dim], to time 1 by a model. It may change its argument. Where the target
   * has classes, all starts of a call are asked for the same one, `options.label`; `options.rng` is for stochastic models.
   */
  carry(model: Model, x0: Float64Array, options: CarryOptions): Float64Array;
  /** Told after each round, and waited for before the next. Default: nobody is. */
  onRound?(round: RectifiedRound<Model>): void | Promise<void>;
}

/** What a round gave. */
export interface RectifiedRound<Model> {
  /** Reflows before this round: 0 for the first. */
  readonly reflows: number;
  /** The model that was trained. */
  readonly model: Model;
  /** The pairs it was trained on. */
  readonly pairing: Pairing;
}

/**
 * Trains a rectified flow and reflows it: `reflows` + 1 rounds, in each of which a model learns the pairs that the one
 * before has made.
 *
 * Where the target has classes, the pairs of all rounds have them: a reflow draws the class of each start as the target
 * has them, whatever the start, and the model carries it to that class. Classes of the source are left aside, as they are
 * in independent pairs.
 *
 * Nothing is known of models here: `fit` and `carry` join a training loop and an integrator. Round r trains with
 * `rng.fork('train').fork(r)`, and pairs that are kept come from `rng.fork('pairs').fork(r)`; so the result depends on
 * the seed alone, where `fit` and `carry` do.
 *
 * @typeParam Model - whatever `fit` returns, for example the parameters of a net
 * @param rng - where the randomness comes from, all of it; not advanced
 * @param options - ends, rounds, training and integration
 * @returns the rounds, the first one first
 * @throws (rejects) TypeError or RangeError where an option is missing, unknown or not valid, and whatever `fit`,
 *   `carry` and `onRound` throw
 *
 * @example
 * A model of one number, the mean of the targets, moves 0 to 3 at once; a reflow changes nothing.
 * ```ts
 * import { cloudSource, rectify } from '@brenier/flows';
 * import { createRng } from '@brenier/random';
 *
 * const rounds = await rectify(createRng(0), {
 *   source: cloudSource({ points: [0], count: 1, dim: 1 }),
 *   target: cloudSource({ points: [3], count: 1, dim: 1 }),
 *   batchSize: 8,
 *   fit: (objective, { rng }) => objective.draw(rng).target.reduce((sum, each) => sum + each / 8, 0),
 *   carry: (velocity, x0) => x0.map((x) => x + velocity),
 * });
 * rounds.map(({ model }) => model); // => [3, 3]
 * ```
 */
export async function rectify<Model>(rng: Rng, options: RectifyOptions<Model>): Promise<RectifiedRound<Model>[]> {
  checkRng('rng', rng);
  const given = checkRectifyOptions(options);
  const { source, target, batchSize, reflows = 1, pairs } = given;
  const starts = startsFor(source, target);
  const rounds: RectifiedRound<Model>[] = [];
  for (let round = 0; round <= reflows; round++) {
    const previous = rounds.at(-1)?.model;
    const carried = round > 0 && modelPairing(starts, (x0, how) => given.carry(previous as Model, x0, how));
    const pairing = carried ? kept(carried, pairs, rng.fork('pairs').fork(round)) : independentPairing(source, target);
    const objective = rectifiedFlow({ pairing, batchSize, reflows: round });
    const model = await given.fit(objective, { reflows: round, rng: rng.fork('train').fork(round) }, previous);
    rounds.push({ reflows: round, model, pairing });
    await given.onRound?.(rounds[round]);
  }
  return rounds;
}

const OPTION_NAMES = ['source', 'target', 'batchSize', 'reflows', 'pairs', 'fit', 'carry', 'onRound'] as const;

function checkRectifyOptions<Model>(options: RectifyOptions<Model>): RectifyOptions<Model> {
  const given = checkOptions('options', options, OPTION_NAMES);
  checkSameDim(given.source, given.target);
  checkInteger('batchSize', given.batchSize, 1, 2 ** 31 - 1);
  if (given.reflows !== undefined) checkInteger('reflows', given.reflows, 0);
  if (given.pairs !== undefined) checkInteger('pairs', given.pairs, 1, 2 ** 31 - 1);
  for (const name of ['fit', 'carry'] as const) checkFunction(name, given[name]);
  if (given.onRound !== undefined) checkFunction('onRound', given.onRound);
  return given;
}

/** The starts of a reflow, with the classes that the target would have drawn: those of the source have no say. */
function startsFor(source: PointSource, target: PointSource): PointSource | LabelledSource {
  const starts: PointSource = { dim: source.dim, draw: (rng, count) => source.draw(rng, count) };
  if (!isLabelled(target)) return starts;
  const { classes } = target;
  const drawLabels = (rng: Rng, count: number) => drawChecked('target', target, rng.fork('target'), count).label!;
  return {
    ...starts,
    classes,
    drawLabelled: (rng, count) => ({ points: starts.draw(rng, count), label: drawLabels(rng, count) }),
  };
}

/** Pairs made once; without a number the pairing itself, which makes fresh ones. */
function kept(pairing: Pairing, pairs: number | undefined, rng: Rng): Pairing {
  return pairs === undefined ? pairing : storedPairing({ dim: pairing.dim, ...pairing.draw(rng, pairs) });
}
