// One round of many solves, for hosts that share them among threads: each gets its turn, and what it computes does not
// depend on whose thread that is.
//
//   for each solve of the table, 8 bytes: its address (u32), and where it stands (i32)

import { advance, begin } from './driver';
import { Solve } from './state';

const ENTRY: usize = 8;

/** Where a solve stands. */
namespace Standing {
  export const waiting: i32 = 0;
  export const begun: i32 = 1;
  export const done: i32 = 2;
}

/**
 * Gives each of `count` solves of a table at most `slices` slices of about `budget` units, so that a solve is cut where
 * it is cut when it is alone.
 */
export function networkSimplexRound(table: usize, count: i32, slices: i32, budget: i32): void {
  for (let entry = table; entry < table + <usize>count * ENTRY; entry += ENTRY) {
    const solve = changetype<Solve>(<usize>load<u32>(entry));
    let standing = load<i32>(entry, 4);
    if (standing == Standing.waiting) {
      begin(solve);
      standing = Standing.begun;
    }
    for (let slice = 0; slice < slices && standing == Standing.begun; slice++) {
      if (advance(solve, budget)) standing = Standing.done;
    }
    store<i32>(entry, standing, 4);
  }
}
