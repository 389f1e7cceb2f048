// The extremes over all pairs of two clouds that a certificate of optimality asks for: max f_i + g_j − ‖x_i − y_j‖² and
// max ‖x_i − y_j‖², to the last bit those of a loop over all pairs in float64. Products in float32 say which pairs might
// hold one of the two, by a bound of their error that leaves nothing to chance; only those are computed in float64.

import { filterPairs, filterScratch, prepareFilter } from './filter';
import { lookAtPair, Sweep } from './sweep';

/** Bytes of `scratch` that so many points need. */
export function pairExtremesScratch(rows: i32, columns: i32, dim: i32): i32 {
  return <i32>offsetof<Sweep>() + 16 + filterScratch(rows, columns, dim);
}

/**
 * Writes the two to `out`, float64; −∞ and 0 where there is no pair. Sums that are NaN do not count. `x` and `y` are
 * row-major, `dim` coordinates a point.
 */
export function pairExtremes(
  x: usize,
  rows: i32,
  f: usize,
  y: usize,
  columns: i32,
  g: usize,
  dim: i32,
  out: usize,
  scratch: usize,
): void {
  const sweep = changetype<Sweep>(scratch);
  sweep.x = x;
  sweep.rows = rows;
  sweep.f = f;
  sweep.y = y;
  sweep.columns = columns;
  sweep.g = g;
  sweep.dim = dim;
  sweep.worst = -Infinity;
  sweep.largest = 0;
  if (rows > 0 && columns > 0) {
    if (prepareFilter(sweep, scratch + ((offsetof<Sweep>() + 15) & ~15))) filterPairs(sweep);
    else lookAtEveryPair(sweep);
  }
  store<f64>(out, sweep.worst);
  store<f64>(out, sweep.largest, 8);
}

/** Where float32 has no room for the numbers. */
function lookAtEveryPair(sweep: Sweep): void {
  for (let i = 0; i < sweep.rows; i++) {
    for (let j = 0; j < sweep.columns; j++) lookAtPair(sweep, i, j);
  }
}
