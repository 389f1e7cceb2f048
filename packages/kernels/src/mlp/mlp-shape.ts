/** One dense layer: a matrix [features + 1, outputs] in the parameter vector, row-major, its last row the bias. */
export interface MlpLayerShape {
  /** Length of its input, without the 1 that carries the bias. */
  readonly features: number;
  /** Length of its output. */
  readonly outputs: number;
}

/** A multilayer perceptron on [point, extra features], linear at the end. */
export interface MlpShape {
  /** The layers in order; each one's matrix follows the one before in the parameter vector. */
  readonly layers: readonly MlpLayerShape[];
  /** After every layer but the last: 0 SELU, 1 SiLU, 2 ReLU, 3 tanh, 4 softplus. */
  readonly activation: number;
}
