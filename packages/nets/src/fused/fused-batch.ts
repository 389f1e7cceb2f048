// A batch on its way into the kernels' memory.
import type { MlpBatch, MlpTrainer } from '@brenier/kernels';
import { checkLabels } from '../network/class-label.js';
import { conditionCount, writeCondition } from '../network/condition.js';
import type { VelocityMlpSpec } from '../network/mlp-shape.js';
import { checkBatch, type TrainingBatch } from '../network/objective.js';

/** Checks a batch and copies it into the trainer's memory: point, time and class of a sample side by side. */
export function loadBatch(options: VelocityMlpSpec['options'], trainer: MlpTrainer, batch: TrainingBatch): void {
  const { dim, classes } = options;
  const { count, target, weight, label } = checkBatch(batch, dim);
  checkLabels(label, count, classes);
  const { inputs, targets, weights } = trainer.batch(count);
  writeInputs(options, batch, inputs);
  targets.set(target);
  if (weight === undefined) weights.fill(1);
  else weights.set(weight);
}

function writeInputs(
  options: VelocityMlpSpec['options'],
  { count, dim, x, t, label }: TrainingBatch,
  inputs: MlpBatch['inputs'],
): void {
  const features = dim + conditionCount(options);
  for (let i = 0, at = 0; i < count; i++, at += features) {
    for (let k = 0; k < dim; k++) inputs[at + k] = x[i * dim + k];
    writeCondition(options, t[i], label === undefined ? -1 : label[i], inputs, at + dim);
  }
}
