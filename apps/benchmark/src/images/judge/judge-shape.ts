/** The small classifier whose features judge digits: what it is made of, and where its parameters are in one flat array. */

/** Pixels along a side of an image. */
export const SIDE = 28;
/** Features of an image: the layer before the classes. */
export const FEATURE_COUNT = 64;
/** Classes. */
export const CLASS_COUNT = 10;

/** A layer: its filter or matrix, then its bias, in the parameter vector. */
export interface JudgeLayer {
  /** Shape of the filter, [rows, columns, inputs, outputs], or of the matrix, [inputs, outputs]. */
  shape: readonly number[];
  offset: number;
  biasOffset: number;
}

/**
 * Two convolutions, each followed by a ReLU and 2 × 2 means, 28 → 14 → 7; a dense layer with a ReLU, whose outputs are the features; a
 * dense layer to the classes.
 */
export const JUDGE_LAYERS: readonly JudgeLayer[] = layOut([
  [5, 5, 1, 12],
  [3, 3, 12, 24],
  [7 * 7 * 24, FEATURE_COUNT],
  [FEATURE_COUNT, CLASS_COUNT],
]);

/** Parameters of all layers. */
export const JUDGE_PARAMETER_COUNT = JUDGE_LAYERS[3].biasOffset + CLASS_COUNT;

function layOut(shapes: readonly (readonly number[])[]): JudgeLayer[] {
  let end = 0;
  return shapes.map((shape) => {
    const offset = end;
    const biasOffset = offset + shape.reduce((product, axis) => product * axis, 1);
    end = biasOffset + shape[shape.length - 1];
    return { shape, offset, biasOffset };
  });
}
