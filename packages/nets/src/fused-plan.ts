// Where the fused network keeps what in WebAssembly memory: offsets in bytes from one allocation a call.
import type { MlpLayer } from './mlp-layout.js';

/** Samples handled together, eight groups of eight: the values of a layer of 64 then stay in the first cache. */
export const BLOCK = 64;

/** One dense layer. `features` is its input without the row of ones that carries the bias. */
export interface FusedLayer {
  readonly features: number;
  readonly outputs: number;
  /** Place of weights and bias, one matrix [features + 1, outputs], in the parameter vector. */
  readonly weights: number;
  /** Rows of the arrays that are as wide as its input. */
  readonly rows: number;
  /** The weights in tiles, for the way forward and for the way back. */
  readonly forwardTiles: number;
  readonly backwardTiles: number;
  /** Its input, and the slopes of the activation that made it. */
  readonly values: number;
  readonly slopes: number;
  /** Its gradient in tiles. */
  readonly gradient: number;
}

/** The whole network. What evaluation needs lies below `forwardBytes`. */
export interface FusedPlan {
  readonly layers: readonly FusedLayer[];
  readonly parameters: number;
  readonly parameterCount: number;
  /** The velocities; during the way back, their share in the loss. */
  readonly output: number;
  readonly outputRows: number;
  readonly forwardBytes: number;
  /** Two arrays that take turns in holding the derivative of the loss by a layer's output. */
  readonly deltas: readonly [number, number];
  readonly target: number;
  readonly sampleWeights: number;
  readonly flatGradient: number;
  /** The tiles of all layers, one after the other. */
  readonly gradients: { readonly offset: number; readonly count: number };
  readonly scratch: number;
  readonly bytes: number;
}

/** Lays out the memory of a network. */
export function fusedPlan(layers: readonly MlpLayer[]): FusedPlan {
  let bytes = 0;
  const last = layers[layers.length - 1];
  const parameterCount = last.bias + last.outputs;
  const parameters = take(parameterCount);
  const forward = layers.map(({ inputs, outputs, weights }) => ({
    features: inputs,
    outputs,
    weights,
    rows: rowsOf(inputs),
    forwardTiles: take(roundUp(outputs, 5) * (inputs + 1)),
    values: take(rowsOf(inputs) * BLOCK),
  }));
  const outputRows = rowsOf(last.outputs);
  const output = take(outputRows * BLOCK);
  const forwardBytes = bytes;
  const widest = Math.max(...forward.map(({ rows }) => rows));
  const deltas = [take(widest * BLOCK), take(widest * BLOCK)] as const;
  const target = take(last.outputs * BLOCK);
  const sampleWeights = take(BLOCK);
  const flatGradient = take(parameterCount);
  const scratch = take(Math.max(...layers.map((each) => gradientScratch(each))));
  const both = forward.map((layer) => ({
    ...layer,
    backwardTiles: take(roundUp(layer.features, 5) * layer.outputs),
    slopes: take(layer.rows * BLOCK),
  }));
  const first = bytes;
  const whole = both.map((layer) => ({
    ...layer,
    gradient: take(roundUp(layer.features + 1, 5) * roundUp(layer.outputs, 8)),
  }));
  const gradients = { offset: first, count: (bytes - first) / 4 };
  return {
    layers: whole,
    parameters,
    parameterCount,
    output,
    outputRows,
    forwardBytes,
    deltas,
    target,
    sampleWeights,
    flatGradient,
    gradients,
    scratch,
    bytes,
  };

  function take(count: number): number {
    const offset = bytes;
    bytes += roundUp(4 * count, 16);
    return offset;
  }
}

/** Rows of an array of so many features: the row of ones too, in whole tiles. */
function rowsOf(features: number): number {
  return roundUp(features + 1, 5);
}

function gradientScratch({ inputs, outputs }: MlpLayer): number {
  return (roundUp(inputs + 1, 5) + roundUp(outputs, 8)) * BLOCK;
}

function roundUp(count: number, step: number): number {
  return Math.ceil(count / step) * step;
}
