// A solve that goes on in another memory: the first bytes of its block say where it stands, the rest is input, rows that
// are computed again, and scratch.

import { setPrice } from './forbidden';
import { placeAgain } from './layout';
import { prepareProducts } from './products';
import { Phase, Solve } from './state';

/** How many bytes from the header on a snapshot takes. */
export function networkSimplexKeptBytes(at: usize): usize {
  return changetype<Solve>(at).kept;
}

/**
 * Makes a block whose first bytes come from a snapshot one that can advance: laid out for the same numbers before, with
 * its input written, but not begun. 1 where it is done already.
 */
export function networkSimplexResume(at: usize): i32 {
  const s = changetype<Solve>(at);
  placeAgain(s);
  prepareProducts(s);
  if (s.price != 0) setPrice(s, Infinity, s.price);
  return s.phase == Phase.done ? 1 : 0;
}
