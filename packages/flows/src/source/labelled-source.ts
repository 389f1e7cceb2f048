import type { Rng } from '@brenier/random';
import type { PointSource } from './point-source.js';

/** Points with their classes. */
export interface LabelledPoints {
  /** The points, row-major, shape [count, dim]. */
  readonly points: Float64Array;
  /** Class of each point, shape [count], from 0; −1 for a point without one. */
  readonly label: Int32Array;
}

/** A distribution of points that belong to classes. Pairings hand the classes of the ends on. */
export interface LabelledSource extends PointSource {
  /** Number of classes: labels are whole numbers from 0 to `classes` − 1. */
  readonly classes: number;
  /**
   * Draws points with their classes: the points that `draw` gives for the same generator.
   *
   * @param rng - where the randomness comes from, all of it
   * @param count - how many points, at least 1
   * @returns points and classes; the caller may change them
   */
  drawLabelled(rng: Rng, count: number): LabelledPoints;
}
