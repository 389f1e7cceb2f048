// The table of numbers that tells the kernels of assembly/mlp what a network is and where its arrays are.
import { roundUpToLine } from '../held-parts.js';
import type { KernelHost } from '../kernel-host.js';
import { mlpParameterCount, type MlpShape } from './mlp-shape.js';

/** Samples handled together: the values of a layer of 64 then stay in the nearest caches. */
export const mlpBlock = 64;

/** Parameters in a chunk of the reduction and of the update. */
export const mlpChunk = 1024;

/** Places in the table, in the order of `Place` in assembly/mlp/plan.ts. */
const placeNames = [
  'layerCount',
  'activation',
  'isWide',
  'dim',
  'extra',
  'parameterCount',
  'parametersAt',
  'transposedAt',
  'outputAt',
  'outputRows',
  'firstDeltaAt',
  'secondDeltaAt',
  'targetAt',
  'sampleWeightsAt',
  'panelAt',
  'stagesAt',
  'gradientAt',
  'laneGradientsAt',
  'laneGradientBytes',
  'laneLossesAt',
  'partialSquaresAt',
  'meansAt',
  'squaresAt',
  'sumsAt',
  'updateAt',
  'count',
  'lanes',
  'inputsAt',
  'targetsAt',
  'weightsAt',
  'factor',
  'pointsAt',
  'velocitiesAt',
  'vectorsAt',
  'extrasAt',
  'noiseKeysAt',
  'spreadsAt',
  'firstPoint',
  'steps',
  'stages',
  'coefficientsAt',
  'termsAt',
] as const;
const numbersPerLayer = 7;

/** A number of the table. */
type MlpPlace = (typeof placeNames)[number];

/** Numbers to write to the table. */
export type MlpPlaces = Partial<Record<MlpPlace, number>>;

/** How the memory of a network is laid out, wherever it will be. */
export interface MlpPlan {
  readonly dim: number;
  readonly features: number;
  readonly extra: number;
  readonly parameterCount: number;
  /** Bytes of an array as long as the parameters, with the padding that the kernels may read and write. */
  readonly parameterBytes: number;
  /** Bytes of the transposed matrices, a row of zeros after the last one included. */
  readonly transposedBytes: number;
  /** Bytes of the table. */
  readonly tableBytes: number;
  /** Bytes of scratch for a thread, before the slopes of a walk. */
  readonly scratchBytes: number;
  readonly table: Uint32Array;
}

/**
 * Lays a network out.
 *
 * @param keepsSlopes - whether derivatives will be asked for
 */
export function mlpPlan({ isWide }: KernelHost, shape: MlpShape, keepsSlopes: boolean): MlpPlan {
  const { layers, activation } = shape;
  const dim = layers[layers.length - 1].outputs;
  const { features } = layers[0];
  const parameterCount = mlpParameterCount(shape);
  const outputRows = evenRows(dim);
  const widest = Math.max(outputRows, ...layers.map((layer) => evenRows(layer.features + 1)));
  let bytes = 0;
  const blockOf = (rows: number) => take(rows * mlpBlock * 4);
  // Without slopes to keep, the values of all layers but the first take turns in two arrays.
  const turns = keepsSlopes ? [] : [blockOf(widest), blockOf(widest)];
  const followsValue = activation !== 1 && activation !== 4;
  const table = new Uint32Array(placeNames.length + layers.length * numbersPerLayer);
  let [weights, transposed] = [0, 0];
  layers.forEach((layer, l) => {
    const rows = evenRows(layer.features + 1);
    const values = keepsSlopes || l === 0 ? blockOf(rows) : turns[l % 2];
    // Where the derivative of the activation is a function of its value, the value is kept in its place.
    const slopes = followsValue || !keepsSlopes || l === 0 ? values : blockOf(rows);
    const numbers = [layer.features, layer.outputs, weights, transposed, values, slopes, rows];
    table.set(numbers, placeNames.length + l * numbersPerLayer);
    weights += (layer.features + 1) * layer.outputs * 4;
    transposed += (layer.features + 1) * layer.outputs * 4;
  });
  const places: MlpPlaces = {
    layerCount: layers.length,
    activation,
    isWide: Number(isWide),
    dim,
    extra: features - dim,
    parameterCount,
    outputAt: blockOf(outputRows),
    outputRows,
    ...(keepsSlopes && { firstDeltaAt: blockOf(widest), secondDeltaAt: blockOf(widest) }),
    targetAt: blockOf(outputRows),
    sampleWeightsAt: blockOf(1),
    panelAt: take(mlpBlock * 64 + 256),
    stagesAt: bytes,
  };
  writePlaces(table, places);
  const parameterBytes = roundUpToLine(parameterCount * 4 + 16);
  return {
    dim,
    features,
    extra: features - dim,
    parameterCount,
    parameterBytes,
    transposedBytes: roundUpToLine(transposed + widest * 4),
    tableBytes: roundUpToLine(table.byteLength),
    scratchBytes: bytes,
    table,
  };

  function take(size: number): number {
    const offset = bytes;
    bytes += roundUpToLine(size);
    return offset;
  }
}

/** Writes numbers to a table. */
export function writePlaces(table: Uint32Array, places: MlpPlaces): void {
  placeNames.forEach((name, index) => {
    const value = places[name];
    if (value !== undefined) table[index] = value;
  });
}

/** The table of a plan that was copied to `offset`. */
export function tableAt({ memory }: KernelHost, { table }: MlpPlan, offset: number): Uint32Array {
  return new Uint32Array(memory.buffer, offset, table.length);
}

/** Products write rows in twos. */
function evenRows(rows: number): number {
  return Math.ceil(rows / 2) * 2;
}
