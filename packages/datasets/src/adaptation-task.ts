import type { LabelledSampler } from './point-cloud.js';

/** Two laws with the same classes. In use the labels of the target are unknown, and only judge the result. */
export interface AdaptationTask {
  /** The number of classes; all have the same mass, in both laws. */
  readonly classes: number;
  /** Draws from the law whose labels are known. */
  readonly source: LabelledSampler;
  /** Draws from the shifted law. */
  readonly target: LabelledSampler;
}
