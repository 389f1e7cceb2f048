// A training run on arrays: what the loop does with a network or an optimizer that no engine holds.
import { gradientNorm } from '../optimizer/gradient-norm.js';
import type { Network } from '../network/network.js';
import type { Optimizer } from '../optimizer/optimizer.js';
import { copySessionState, type LossReport, type SessionState, type TrainingSession } from './training-session.js';
import { addToWeightAverage } from '../optimizer/weight-average.js';

/** Begins a run at a copy of `start`. */
export function arraySession(
  network: Network,
  start: SessionState,
  optimizer: Optimizer,
  emaDecay: number | undefined,
): TrainingSession {
  const state = copySessionState(start);
  const { parameters, average } = state;
  const gradient = new Float32Array(network.parameterCount);
  const report = (loss: number): LossReport => ({ loss, gradientNorm: gradientNorm(gradient) });
  return {
    evaluate(batch) {
      const loss = network.lossAndGradient(parameters, batch, gradient);
      return typeof loss === 'number' ? report(loss) : loss.then(report);
    },
    update(rateFactor, gradientScale) {
      if (gradientScale !== 1) for (let i = 0; i < gradient.length; i++) gradient[i] *= gradientScale;
      optimizer.update(state.optimizer, parameters, gradient, rateFactor);
      if (emaDecay !== undefined) addToWeightAverage(average, emaDecay, parameters);
    },
    read: () => copySessionState(state),
    dispose: () => undefined,
  };
}
