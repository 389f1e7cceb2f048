// Where each weight of a velocity network lives: plain numbers, no engine.
import { conditionCount, type Condition } from './condition.js';

/** One dense layer inside the flat parameter vector. */
export interface MlpLayer {
  /** Rows of the weight matrix. In the first layer: the point, then its time features, then one a class. */
  readonly inputs: number;
  /** Columns of the weight matrix, and length of the bias. */
  readonly outputs: number;
  /** Offset of the weights, row-major, shape [inputs, outputs]. */
  readonly weights: number;
  /** Offset of the bias, which follows the weights. */
  readonly bias: number;
}

/**
 * Lays the layers of a velocity network out in one flat vector: weights and bias of the first layer, then of the next,
 * the output layer last. A bias follows its weights at once, so a layer is also one matrix of shape [inputs + 1,
 * outputs] that acts on points with a 1 appended.
 */
export function mlpLayers(shape: Condition & { readonly dim: number; readonly hidden: readonly number[] }): MlpLayer[] {
  const widths = [shape.dim + conditionCount(shape), ...shape.hidden, shape.dim];
  let offset = 0;
  return widths.slice(1).map((outputs, k) => {
    const inputs = widths[k];
    const weights = offset;
    const bias = weights + inputs * outputs;
    offset = bias + outputs;
    return { inputs, outputs, weights, bias };
  });
}
