import { checkInteger, describeValue } from '@brenier/errors';

/** One dense layer: a matrix [features + 1, outputs] in the parameter vector, row-major, its last row the bias. */
export interface MlpLayerShape {
  /** Length of its input, without the 1 that carries the bias. */
  readonly features: number;
  /** Length of its output. */
  readonly outputs: number;
}

/** A multilayer perceptron on [point, extra features], linear at the end; its output is as long as a point. */
export interface MlpShape {
  /** The layers in order; each one's matrix follows the one before in the parameter vector. */
  readonly layers: readonly MlpLayerShape[];
  /** After every layer but the last: 0 SELU, 1 SiLU, 2 ReLU, 3 tanh, 4 softplus. */
  readonly activation: number;
}

/** Checks that the layers fit together. */
export function checkMlpShape(shape: MlpShape): MlpShape {
  const { layers, activation } = shape;
  if (!Array.isArray(layers)) throw new TypeError(`"layers" expected an array, got ${describeValue(layers)}`);
  if (layers.length === 0) throw new RangeError('"layers" expected at least one layer, got none');
  checkInteger('activation', activation, 0, 4);
  const dim = checkInteger('layers[last].outputs', (layers as MlpLayerShape[])[layers.length - 1].outputs, 1);
  (layers as MlpLayerShape[]).forEach(({ features, outputs }, l) => {
    if (l === 0) checkInteger('layers[0].features', features, dim);
    else checkInteger(`layers[${l}].features`, features, layers[l - 1].outputs, layers[l - 1].outputs);
    checkInteger(`layers[${l}].outputs`, outputs, 1);
  });
  return shape;
}

/** Length of the parameter vector. */
export function mlpParameterCount({ layers }: MlpShape): number {
  return layers.reduce((sum, { features, outputs }) => sum + (features + 1) * outputs, 0);
}
