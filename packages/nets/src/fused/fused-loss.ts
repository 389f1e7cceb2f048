// Loss and gradient of one batch, for callers that keep parameters and optimizer themselves.
import { loadBatch } from './fused-batch.js';
import { holdTrainer, type FusedSetup } from './fused-host.js';
import type { TrainingBatch } from '../network/objective.js';

/**
 * The mean of weight · (velocity − target)² over the entries of a batch, and its gradient in the layout of the parameters. The
 * loss is summed in float64; the gradient in float32, first within blocks of samples and then over them, in a fixed order.
 */
export function fusedLossAndGradient(
  setup: FusedSetup,
  parameters: Float32Array,
  batch: TrainingBatch,
  gradient: Float32Array,
): number {
  const { trainer, release } = holdTrainer(setup, false);
  try {
    trainer.load({ parameters });
    loadBatch(setup.options, trainer, batch);
    const { loss } = trainer.gradient();
    trainer.readGradient(gradient);
    return loss;
  } finally {
    release();
  }
}
