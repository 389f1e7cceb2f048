// The ways of a block of samples through the fused network, forward and back. `base` is where the plan begins.
import type { Kernels } from '@brenier/kernels';
import type { FusedLayer, FusedPlan } from './fused-plan.js';

/** Copies the parameters in and packs the weights for the way forward. */
export function loadParameters(kernels: Kernels, plan: FusedPlan, base: number, parameters: Float32Array): void {
  const { arena, exports } = kernels;
  const offset = base + plan.parameters;
  arena.float32(offset, plan.parameterCount).set(parameters);
  for (const { features, outputs, weights, forwardTiles } of plan.layers) {
    exports.mlpWeightTiles(offset + 4 * weights, outputs, 1, features + 1, outputs, base + forwardTiles);
  }
}

/** Packs the weights for the way back and clears the gradient. */
export function prepareGradient({ arena, exports }: Kernels, plan: FusedPlan, base: number): void {
  for (const { features, outputs, weights, backwardTiles } of plan.layers.slice(1)) {
    const offset = base + plan.parameters + 4 * weights;
    exports.mlpWeightTiles(offset, features, outputs, outputs, 1, base + backwardTiles);
  }
  arena.float32(base + plan.gradients.offset, plan.gradients.count).fill(0);
}

/**
 * From the inputs of the first layer to the velocities.
 *
 * @param activation - the place of the activation in `activationNames`
 * @param keepsSlopes - whether a way back will follow
 */
export function runForward(
  { exports }: Kernels,
  { layers, output, outputRows }: FusedPlan,
  base: number,
  activation: number,
  groups: number,
  keepsSlopes: boolean,
): void {
  layers.forEach((layer, l) => {
    const next: FusedLayer | undefined = layers[l + 1];
    const [out, rows] = next === undefined ? [base + output, outputRows] : [base + next.values, next.rows];
    const { features, outputs, forwardTiles, values } = layer;
    exports.mlpProduct(base + forwardTiles, features + 1, outputs, base + values, layer.rows, groups, out, rows);
    if (next !== undefined)
      exports.mlpActivate(activation, out, rows, outputs, groups, keepsSlopes ? base + next.slopes : 0);
  });
}

/** From the derivative by the velocities, in their place, to the gradient of every layer. */
export function runBackward({ exports }: Kernels, plan: FusedPlan, base: number, groups: number): void {
  const { layers, deltas, scratch } = plan;
  let delta = base + plan.output;
  let deltaRows = plan.outputRows;
  for (let l = layers.length - 1; l >= 0; l--) {
    const { features, outputs, rows, values, gradient, backwardTiles, slopes } = layers[l];
    exports.mlpAddGradient(
      base + values,
      rows,
      features + 1,
      delta,
      deltaRows,
      outputs,
      groups,
      base + gradient,
      base + scratch,
    );
    if (l === 0) return;
    const before = base + deltas[l % 2];
    exports.mlpProduct(base + backwardTiles, outputs, features, delta, deltaRows, groups, before, rows);
    exports.mlpScale(before, base + slopes, rows, features, groups);
    delta = before;
    deltaRows = rows;
  }
}

/** Copies the gradient out, in the layout of the parameters. */
export function readGradient({ arena, exports }: Kernels, plan: FusedPlan, base: number, out: Float32Array): void {
  for (const { features, outputs, weights, gradient } of plan.layers) {
    exports.mlpReadGradient(base + gradient, features + 1, outputs, base + plan.flatGradient + 4 * weights);
  }
  out.set(arena.float32(base + plan.flatGradient, plan.parameterCount));
}
