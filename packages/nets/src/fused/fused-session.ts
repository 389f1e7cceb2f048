// A training run that lives in the kernels' memory: a step takes a batch in and a loss out.
import { adamStep } from '../optimizer/adam.js';
import { loadBatch } from './fused-batch.js';
import { holdTrainer, type FusedSetup } from './fused-host.js';
import type { TrainingBatch } from '../network/objective.js';
import type { AdamRule } from '../optimizer/optimizer.js';
import type { LossReport, SessionState, TrainingSession } from '../training/training-session.js';
import { addMass } from '../optimizer/weight-average.js';

/** A run in the kernels' memory. */
export interface FusedSession extends TrainingSession {
  /** See {@link TrainingSession.evaluate}; the answer is there at once. */
  evaluate(batch: TrainingBatch): LossReport;
}

/** Takes a run into the kernels' memory, until it is disposed of. */
export function fusedSession(
  setup: FusedSetup,
  { parameters, optimizer, average }: SessionState,
  rule: AdamRule,
  emaDecay: number | undefined,
): FusedSession {
  const { trainer, release } = holdTrainer(setup, emaDecay !== undefined);
  const [means, squares] = optimizer.moments;
  trainer.load({ parameters, means, squares, ...(emaDecay === undefined ? {} : { sums: average.sums }) });
  const { beta1, beta2, epsilon, weightDecay } = rule;
  const fixed = { pull: rule.kind === 'adam' ? weightDecay : 0, beta1, beta2, epsilon, decay: emaDecay ?? 0 };
  let { step } = optimizer;
  let { count, mass } = average;
  return {
    evaluate(batch) {
      loadBatch(setup.options, trainer, batch);
      const { loss, squaredNorm } = trainer.gradient();
      return { loss, gradientNorm: Math.sqrt(squaredNorm) };
    },
    update(rateFactor, gradientScale) {
      step++;
      trainer.update({ ...fixed, ...adamStep(rule, step, rateFactor), gradientScale });
      if (emaDecay === undefined) return;
      count++;
      mass = addMass(mass, emaDecay);
    },
    read() {
      const state = trainer.read();
      return {
        parameters: state.parameters,
        optimizer: { step, moments: [state.means, state.squares] },
        average: { count, mass, sums: state.sums ?? new Float32Array(0) },
      };
    },
    dispose: release,
  };
}
