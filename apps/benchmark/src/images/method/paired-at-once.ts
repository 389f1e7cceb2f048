/** A coupling of many points, drawn a few at a time. */
import type { Pairing } from '@brenier/flows';

/**
 * Pairs of larger minibatches than are trained on. Each draw couples `atOnce` points and keeps the first pairs asked for: both ends
 * still follow their laws, and the coupling is that of the larger minibatch, nearer to the optimal one. It pays where a step of the
 * network costs far more than the pairing, as with images.
 */
export function pairedAtOnce(pairing: Pairing, atOnce: number): Pairing {
  const { dim } = pairing;
  return {
    dim,
    draw(rng, count) {
      const { x0, x1 } = pairing.draw(rng, Math.max(count, atOnce));
      return { x0: x0.slice(0, count * dim), x1: x1.slice(0, count * dim) };
    },
  };
}
