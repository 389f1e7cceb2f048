/** A pairing that adds up the time it takes, so that training and pairing can be told apart. */
import type { Pairing } from '@brenier/flows';

/** A pairing with a stop watch. */
export interface TimedPairing extends Pairing {
  /** Seconds spent in `draw` so far. */
  seconds(): number;
}

/** Wraps a pairing; the draws are unchanged. */
export function timedPairing(pairing: Pairing): TimedPairing {
  let milliseconds = 0;
  return {
    dim: pairing.dim,
    draw(rng, count) {
      const start = performance.now();
      const pairs = pairing.draw(rng, count);
      milliseconds += performance.now() - start;
      return pairs;
    },
    seconds: () => milliseconds / 1000,
  };
}
