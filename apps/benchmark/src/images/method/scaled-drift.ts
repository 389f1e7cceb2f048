/** A network whose velocity has the size of what a bridge asks of it. */
import type { BridgeNetwork } from '@brenier/bridges';
import type { TrainingBatch } from '@brenier/nets';

/** Time left to an end, at least: drifts are fitted no nearer to it. */
const LEAST = 1e-3;

/**
 * The drift f(x, t)/√left(t) of a network f.
 *
 * Towards the end that a drift leads to its target grows like the noise of a bridge over the time left, σ√(t/(1 − t)) forwards. A network that is
 * to follow that learns little else, and what it does not follow stays in the images as noise. Scaled, its target has one size at all
 * times. The loss is that of the drift itself: Σ w (f/√left − target)² = Σ (w/left) (f − √left target)².
 *
 * @param left - the time left at t: 1 − t forwards, t in reversed time
 */
export function scaledDrift(network: BridgeNetwork, left: (t: number) => number): BridgeNetwork {
  const timeLeft = (t: number): number => Math.max(LEAST, left(t));
  return {
    ...network,
    spec: { kind: `${network.spec.kind} over the root of the time left`, options: network.spec.options },
    get engine() {
      return network.engine;
    },
    // A session would take batches past the scaling.
    startSession: undefined,
    lossAndGradient: (parameters, batch, gradient) =>
      network.lossAndGradient(parameters, scaledBatch(batch, timeLeft), gradient),
    field(parameters) {
      const field = network.field(parameters);
      return {
        dim: field.dim,
        evaluate(x, t, out) {
          field.evaluate(x, t, out);
          const scale = 1 / Math.sqrt(timeLeft(t));
          for (let k = 0; k < out.length; k++) out[k] *= scale;
        },
        dispose: () => field.dispose?.(),
      };
    },
  };
}

function scaledBatch(batch: TrainingBatch, timeLeft: (t: number) => number): TrainingBatch {
  const { count, dim, t } = batch;
  const target = new Float32Array(count * dim);
  const weight = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const left = timeLeft(t[i]);
    weight[i] = (batch.weight?.[i] ?? 1) / left;
    for (let k = i * dim; k < (i + 1) * dim; k++) target[k] = Math.sqrt(left) * batch.target[k];
  }
  return { ...batch, target, weight };
}
