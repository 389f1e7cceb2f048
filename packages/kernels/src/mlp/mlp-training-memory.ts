import { holdParts } from '../held-parts.js';
import type { HeldMemory, KernelHost } from '../kernel-host.js';
import { type MlpPlan, tableAt, writePlaces } from './mlp-plan.js';

/** Where the arrays of a batch are. */
export interface BatchRoom {
  readonly memory: HeldMemory;
  readonly capacity: number;
  readonly inputs: number;
  readonly targets: number;
  readonly weights: number;
  readonly laneGradients: number;
  readonly scratch: number;
}

/** Memory for a batch of up to `capacity` samples, the lanes and the threads. */
export function holdBatch(host: KernelHost, plan: MlpPlan, capacity: number, lanes: number): BatchRoom {
  const sizes = [
    capacity * plan.features * 4,
    capacity * plan.dim * 4,
    capacity * 4,
    lanes * plan.parameterBytes,
    host.threads * plan.scratchBytes,
  ];
  const { memory, offsets } = holdParts(host, sizes);
  const [inputs, targets, weights, laneGradients, scratch] = offsets;
  return { memory, capacity, inputs, targets, weights, laneGradients, scratch };
}

/** Memory for what does not depend on the batch, and the table that describes it. */
export function holdState(
  host: KernelHost,
  plan: MlpPlan,
  {
    chunks,
    lanes,
    updateNumbers,
    keepsSums,
  }: { chunks: number; lanes: number; updateNumbers: number; keepsSums: boolean },
) {
  const each = plan.parameterBytes;
  const sizes = [
    ...[plan.tableBytes, updateNumbers * 8, lanes * 8, chunks * 8, plan.transposedBytes],
    ...[each, each, each, each, keepsSums ? each : 0],
  ];
  const { memory, offsets } = holdParts(host, sizes);
  const [table, update, losses, partialSquares, transposed, parameters, gradient, means, squares, after] = offsets;
  const sums = keepsSums ? after : 0;
  const numbers = tableAt(host, plan, table);
  numbers.set(plan.table);
  writePlaces(numbers, {
    parametersAt: parameters,
    transposedAt: transposed,
    gradientAt: gradient,
    laneLossesAt: losses,
    partialSquaresAt: partialSquares,
    meansAt: means,
    squaresAt: squares,
    sumsAt: sums,
    updateAt: update,
  });
  new Uint8Array(host.memory.buffer, transposed, plan.transposedBytes).fill(0);
  return { memory, at: { table, update, losses, partialSquares, parameters, gradient, means, squares, sums } };
}
