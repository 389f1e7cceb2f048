/** The picture of a coupling: a minibatch as the pairing couples it. */
import type { Pairing } from '@brenier/flows';
import type { SeededTask } from '../cell/tasks.js';

/** Draws one small minibatch: flat [x0, y0, x1, y1, …], a pair after the other. */
export function couplingPairs(data: SeededTask, pairing: Pairing): Float64Array {
  const { x0, x1 } = pairing.draw(data.stream('picture of the coupling'), PICTURED_PAIRS);
  return Float64Array.from({ length: 4 * PICTURED_PAIRS }, (_, k) => {
    const pair = Math.floor(k / 4);
    return k % 4 < 2 ? x0[2 * pair + (k % 2)] : x1[2 * pair + (k % 2)];
  });
}

/** A full minibatch would hide its own lines. */
const PICTURED_PAIRS = 192;
