import { checkInteger } from '@brenier/errors';
import { checkRng, type Rng } from '@brenier/random';

/** A set of points of equal weight, in the shape that every package of this family accepts. */
export interface PointCloud {
  /** Row-major, shape [count, dim]: coordinate k of point i is `points[i * dim + k]`. */
  readonly points: Float64Array;
  /** The number of points, at least 1. */
  readonly count: number;
  /** The dimension of the space. */
  readonly dim: number;
}

/**
 * Draws a cloud of `count` fresh points; the next call with the same `rng` draws others. The points of one cloud need not be
 * independent of each other: some generators deal them out evenly.
 */
export type PointSampler = (rng: Rng, count: number) => PointCloud;

/** A cloud whose points belong to classes. */
export interface LabelledCloud extends PointCloud {
  /** The class of each point, a whole number from 0, shape [count]. */
  readonly labels: Int32Array;
}

/** A {@link PointSampler} that knows the class of what it draws. */
export type LabelledSampler = (rng: Rng, count: number) => LabelledCloud;

/** An unfilled cloud, after the checks that all generators share. */
export function createCloud(rng: Rng, count: number, dim: number): PointCloud {
  checkRng('rng', rng);
  checkInteger('count', count, 1, 2147483647);
  return { points: allocate(count, dim), count, dim };
}

function allocate(count: number, dim: number): Float64Array {
  try {
    return new Float64Array(count * dim);
  } catch (cause) {
    const message = `"count" expected a cloud that memory holds, got ${count} points of dimension ${dim}`;
    throw new RangeError(message, { cause });
  }
}
