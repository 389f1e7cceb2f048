// A sweep over pairs: the clouds, what was found so far, and what the filter knows.

import { f64At } from '../cells';

@unmanaged
export class Sweep {
  x: usize;
  y: usize;
  f: usize;
  g: usize;
  rows: i32;
  columns: i32;
  dim: i32;
  /** Largest f_i + g_j − c_ij so far. */
  worst: f64;
  /** Largest c_ij so far. */
  largest: f64;

  // Of the filter; see there. Its numbers are multiplied by the square of `scale`.
  scale: f64;
  /** What roundings in float64 may cost. */
  margin: f64;
  /** What a rounding in float32 may cost, for each unit of a size that takes part. */
  unit: f64;
  /** Mean of β and of g, and how far they go from it. */
  beta: f64;
  betaSpread: f64;
  gMean: f64;
  gSpread: f64;
  /** Largest ‖x_i − p‖ and ‖y_j − o‖, p and o the means of x and y. */
  length: f64;
  radius: f64;
  /** α of each row, float64. */
  alpha: usize;
  /** ‖x_i − p‖ and ‖x_i − o‖ of each row, float64. */
  lengths: usize;
  reaches: usize;
  /** Two bounds a row, float32: sums above the first and differences below the second are looked at. */
  bounds: usize;
  /** 2 (x_i − p), float32. */
  doubled: usize;
  /** 16 columns each: β, g, and the coordinates of y_j − o, float32. */
  panels: usize;
  /** The sums of a tile, float32. */
  tile: usize;
}

/** One pair, in float64. */
export function lookAtPair(sweep: Sweep, i: i32, j: i32): void {
  const cost = squareBetween(sweep.x + ((<usize>i * sweep.dim) << 3), sweep.y + ((<usize>j * sweep.dim) << 3), sweep.dim);
  const violation = f64At(sweep.f, i) + f64At(sweep.g, j) - cost;
  if (violation > sweep.worst) sweep.worst = violation;
  if (cost > sweep.largest) sweep.largest = cost;
}

/** ‖x − y‖², summed in the order of the coordinates. */
export function squareBetween(x: usize, y: usize, dim: i32): f64 {
  let sum: f64 = 0;
  for (let k = 0; k < dim; k++) {
    const difference = f64At(x, k) - f64At(y, k);
    sum += difference * difference;
  }
  return sum;
}
