/** A pairing whose time is taken, so that training and pairing can be told apart. */
import type { Pairing } from '@brenier/flows';
import type { MethodContext } from './method.js';

/** Makes a pairing; that and its draws count as pairing. The draws are unchanged. */
export function timedPairing({ timePairing }: MethodContext, make: () => Pairing): Pairing {
  const pairing = timePairing(make);
  return { dim: pairing.dim, draw: (rng, count) => timePairing(() => pairing.draw(rng, count)) };
}
