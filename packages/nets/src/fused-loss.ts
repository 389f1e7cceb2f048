// The weighted mean square of the fused network's residuals and its gradient, block after block of 64 samples.
import { withKernels } from '@brenier/kernels';
import { activationNames } from './activation-name.js';
import { writeCondition, type Condition } from './condition.js';
import { loadParameters, prepareGradient, readGradient, runBackward, runForward } from './fused-pass.js';
import { BLOCK, type FusedPlan } from './fused-plan.js';
import type { VelocityMlpSpec } from './mlp-shape.js';
import type { TrainingBatch } from './objective.js';
import { sampleOffset, writePoints } from './sample-groups.js';

/**
 * The mean of weight · (velocity − target)² over the entries of a batch, and its gradient in the layout of the parameters. The
 * loss is summed in float64; the gradient in float32, first within blocks and then over them.
 */
export function fusedLossAndGradient(
  options: VelocityMlpSpec['options'],
  plan: FusedPlan,
  parameters: Float32Array,
  batch: TrainingBatch,
  gradient: Float32Array,
): number {
  const { count, dim } = batch;
  const place = activationNames.indexOf(options.activation);
  return withKernels((kernels) => {
    const { arena, exports } = kernels;
    const base = arena.allocate(plan.bytes);
    loadParameters(kernels, plan, base, parameters);
    prepareGradient(kernels, plan, base);
    const { features, rows, values } = plan.layers[0];
    const inputs = arena.float32(base + values, rows * BLOCK);
    const target = arena.float32(base + plan.target, dim * BLOCK);
    const weights = arena.float32(base + plan.sampleWeights, BLOCK);
    let sum = 0;
    for (let start = 0; start < count; start += BLOCK) {
      const end = Math.min(start + BLOCK, count);
      const groups = Math.ceil((end - start) / 8);
      writeInputs(inputs, rows, features, options, batch, start, end);
      writeTargets(target, weights, batch, start, end);
      runForward(kernels, plan, base, place, groups, true);
      sum += exports.mlpResiduals(
        base + plan.output,
        plan.outputRows,
        base + plan.target,
        dim,
        base + plan.sampleWeights,
        2 / (count * dim),
        groups,
      );
      runBackward(kernels, plan, base, groups);
    }
    readGradient(kernels, plan, base, gradient);
    return sum / (count * dim);
  });
}

/** Point, time features and 1 of each sample; the places of samples that a last group lacks hold zeros. */
function writeInputs(
  out: Float32Array,
  rows: number,
  features: number,
  condition: Condition,
  { dim, x, t, label }: TrainingBatch,
  start: number,
  end: number,
): void {
  if (end - start < BLOCK) out.fill(0);
  writePoints(x.subarray(start * dim, end * dim), end - start, dim, out, rows);
  for (let i = start; i < end; i++) {
    const at = sampleOffset(i - start, rows);
    writeCondition(condition, t[i], label === undefined ? -1 : label[i], out, at + 8 * dim, 8);
    out[at + 8 * features] = 1;
  }
}

function writeTargets(
  out: Float32Array,
  weights: Float32Array,
  { dim, target, weight }: TrainingBatch,
  start: number,
  end: number,
): void {
  if (end - start < BLOCK) {
    out.fill(0);
    weights.fill(0);
  }
  writePoints(target.subarray(start * dim, end * dim), end - start, dim, out, dim);
  if (weight === undefined) weights.fill(1, 0, end - start);
  else weights.set(weight.subarray(start, end));
}
