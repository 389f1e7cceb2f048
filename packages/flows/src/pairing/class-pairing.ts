/**
 * Exact minibatch optimal transport with a price on leaving one's class: class-conditional OT, "condition-weighted cost"
 * (C²OT).
 *
 * A flow that is trained with classes is asked for one class at a time, from the whole source. Plain minibatch OT learns
 * another thing: it gives each class the part of the source that lies nearest to it, so that at the start the class is
 * already decided. H. K. Cheng and A. Schwing, The Curse of Conditions: Analyzing and Improving Optimal Transport for
 * Conditional Flow-Based Generation (2025). The cure is the cost ‖x − y‖² + penalty·[classes differ]
 * with classes of the starts that do not depend on their places. Cost of a draw: the two draws, and an exact assignment
 * in dim + classes dimensions, since the price is a squared distance too.
 */
import { checkInteger, checkNonNegative, checkOptions, describeValue } from '@brenier/errors';
import { checkRng } from '@brenier/random';
import { checkSameDim, drawChecked, isLabelled } from '../source/check-source.js';
import type { LabelledSource } from '../source/labelled-source.js';
import type { PointSource } from '../source/point-source.js';
import { optimalAssignment } from './optimal-assignment.js';
import type { Pairing } from './pairing.js';
import { takeEnds } from './take-ends.js';

/** Options of {@link classPairing}. */
export interface ClassPairingOptions {
  /**
   * What a pair of two classes costs besides its squared distance, in the same units, at least 0; may be `Infinity`. 0
   * is {@link exactPairing}. Above twice the largest squared distance of a batch as few pairs as possible leave their
   * class, above once it where both ends have equally many points of every class; a larger penalty changes nothing.
   */
  readonly penalty: number;
}

/**
 * The coupling of minibatch optimal transport for points with classes: an independent batch, re-paired at the least
 * total of ‖x₀ − x₁‖² + penalty·[classes differ].
 *
 * A source without classes, such as noise, is given those of the ends in the order they were drawn: as many starts as
 * ends in every class, whatever their places, so that a large penalty pairs each class with a fair part of the noise.
 * The points are those of {@link independentPairing} for the same generator, the starts keep their order, and the label
 * of a pair is that of its end.
 *
 * @param source - the distribution at time 0, with or without classes
 * @param target - the distribution at time 1, with classes, of the same dimension
 * @param options - the penalty
 * @returns the pairing
 * @throws TypeError or RangeError where an argument is not valid, or dimensions or numbers of classes differ
 *
 * @example
 * Points at ±1 of two classes, and starts that have the same classes at the other side: a large penalty crosses over.
 * ```ts
 * import { classPairing, labelledCloudSource } from '@brenier/flows';
 * import { createRng } from '@brenier/random';
 *
 * const source = labelledCloudSource({ points: [-1, 1], count: 2, dim: 1 }, [0, 1]);
 * const target = labelledCloudSource({ points: [-1, 1], count: 2, dim: 1 }, [1, 0]);
 * const moved = (penalty: number) => {
 *   const { x0, x1 } = classPairing(source, target, { penalty }).draw(createRng(4), 100);
 *   return x0.filter((start, i) => start !== x1[i]).length;
 * };
 * [moved(0) < 30, moved(100) > 70]; // => [true, true]
 * ```
 */
export function classPairing(source: PointSource, target: LabelledSource, options: ClassPairingOptions): Pairing {
  const dim = checkSameDim(source, target);
  const classes = checkClasses(source, target);
  const penalty = checkPenalty(checkOptions('options', options, ['penalty']).penalty);
  return {
    dim,
    name: `class(penalty ${penalty})`,
    draw(rng, count) {
      checkRng('rng', rng);
      checkInteger('count', count, 1);
      const starts = drawChecked('source', source, rng.fork('source'), count);
      const { points: x1, label = new Int32Array(count) } = drawChecked('target', target, rng.fork('target'), count);
      const startLabel = starts.label ?? label;
      const paid = Math.min(penalty, ROOM * squaredExtent(starts.points, x1, dim));
      const places = classPlaces(startLabel, label, classes);
      const [lifted0, lifted1] = [
        lift(starts.points, startLabel, dim, places, paid),
        lift(x1, label, dim, places, paid),
      ];
      const ends = optimalAssignment(lifted0, lifted1, lifted0.length / count);
      return takeEnds({ x0: starts.points, x1, label }, ends);
    },
  };
}

function checkClasses(source: PointSource, target: PointSource): number {
  if (!isLabelled(target)) {
    throw new TypeError(`"target.drawLabelled" expected a function, got ${describeValue(undefined)}`);
  }
  if (isLabelled(source) && source.classes !== target.classes) {
    throw new RangeError(`"target.classes" expected ${source.classes}, as in "source", got ${target.classes}`);
  }
  return target.classes;
}

function checkPenalty(penalty: number): number {
  return penalty === Infinity ? penalty : checkNonNegative('penalty', penalty);
}

/**
 * The most that a penalty counts, in squared extents of the batch. The optimum is the same from 2 on; more would take the
 * digits of the squared distances, of which 2^20 leaves ten.
 */
const ROOM = 2 ** 20;

/** The squared diagonal of the box around all points, which no squared distance exceeds; 1 where it is 0. */
function squaredExtent(x0: Float64Array, x1: Float64Array, dim: number): number {
  let square = 0;
  for (let k = 0; k < dim; k++) {
    let [low, high] = [Infinity, -Infinity];
    for (let at = k; at < x0.length; at += dim) {
      low = Math.min(low, x0[at], x1[at]);
      high = Math.max(high, x0[at], x1[at]);
    }
    square += (high - low) * (high - low);
  }
  return square || 1;
}

/** Where each class has its coordinate; points without a class are a class of their own. */
interface ClassPlaces {
  readonly width: number;
  placeOf(label: number): number;
}

/** Most coordinates that are kept for classes, whether the batch has points of them or not. */
const MOST_CLASSES = 2 ** 16;

/** Of very many classes those that occur are numbered. */
function classPlaces(label0: Int32Array, label1: Int32Array, classes: number): ClassPlaces {
  if (classes <= MOST_CLASSES) return { width: classes + 1, placeOf: (label) => label + 1 };
  const places = new Map([...new Set([...label0, ...label1])].map((label, place) => [label, place]));
  return { width: places.size, placeOf: (label) => places.get(label)! };
}

/** Appends √(penalty/2) at the place of the class: two classes are then √penalty apart. */
function lift(
  points: Float64Array,
  label: Int32Array,
  dim: number,
  places: ClassPlaces,
  penalty: number,
): Float64Array {
  if (penalty === 0) return points;
  const width = dim + places.width;
  const height = Math.sqrt(penalty / 2);
  const lifted = new Float64Array(label.length * width);
  for (let i = 0; i < label.length; i++) {
    for (let k = 0; k < dim; k++) lifted[i * width + k] = points[i * dim + k];
    lifted[i * width + dim + places.placeOf(label[i])] = height;
  }
  return lifted;
}
