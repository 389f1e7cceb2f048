// A binary heap of the columns that a search has met, least distance first: distances in `s.leftB`, the heap in
// `s.aliveA`, the place of each column in `s.extraB`. Columns of equal distance leave in an order that the order of
// their coming fixes.

import { f64At, i32At, setF64, setI32 } from '../cells';
import { Solve } from './state';

/** Lowers the distance of a column to `value`, which brings it in where it was infinite; returns the new size. */
// @ts-ignore: decorator
@inline
export function reach(s: Solve, size: i32, j: i32, value: f64): i32 {
  const at = f64At(s.leftB, j) == Infinity ? size++ : i32At(s.extraB, j);
  setF64(s.leftB, j, value);
  rise(s, at, j, value);
  return size;
}

/** The column of least distance, which is moved behind the heap: size − 1 columns are left. */
export function takeNearest(s: Solve, size: i32): i32 {
  const nearest = i32At(s.aliveA, 0);
  const last = size - 1;
  const j = i32At(s.aliveA, last);
  const value = f64At(s.leftB, j);
  let at = 0;
  while (true) {
    let child = 2 * at + 1;
    if (child >= last) break;
    let id = i32At(s.aliveA, child);
    if (child + 1 < last) {
      const other = i32At(s.aliveA, child + 1);
      if (f64At(s.leftB, other) < f64At(s.leftB, id)) {
        id = other;
        child++;
      }
    }
    if (value <= f64At(s.leftB, id)) break;
    put(s, at, id);
    at = child;
  }
  if (last > 0) put(s, at, j);
  return nearest;
}

// @ts-ignore: decorator
@inline
function rise(s: Solve, at: i32, j: i32, value: f64): void {
  while (at > 0) {
    const above = (at - 1) >> 1;
    const id = i32At(s.aliveA, above);
    if (f64At(s.leftB, id) <= value) break;
    put(s, at, id);
    at = above;
  }
  put(s, at, j);
}

// @ts-ignore: decorator
@inline
function put(s: Solve, at: i32, j: i32): void {
  setI32(s.aliveA, at, j);
  setI32(s.extraB, j, at);
}
