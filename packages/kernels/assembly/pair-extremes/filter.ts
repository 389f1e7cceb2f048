// Which pairs might hold a maximum. With o and p the means of y and x, v_ij = f_i + g_j − ‖x_i − y_j‖² is
//   α_i + β_j + 2 ⟨x_i − p, y_j − o⟩,  α_i = f_i − ‖x_i − o‖²,  β_j = g_j − ‖y_j − o‖² + 2 ⟨p − o, y_j − o⟩.
// α and β are float64. The rest is small even where the clouds lie far from the origin, or from each other, and a sum of
// dim + 1 terms in float32 is wrong by at most (dim + 4) 2⁻²⁴ of the sum of their sizes (Higham, Accuracy and Stability of
// Numerical Algorithms, 2002, § 3.1), which Cauchy and Schwarz bound for a whole row. A cost is f_i + g_j − v_ij. The solver has
// products of its own: a judge takes nothing from those it judges.

import { f32At, f64At, setF32, setF64 } from '../cells';
import { lookAtPair, squareBetween, Sweep } from './sweep';
import { isTileWorthIt, PANEL } from './tile';

/** Rows that meet a panel of columns while it is in the cache. */
const ROWS_AT_ONCE: i32 = 64;

/** Beyond that, the bound of a float32 sum is not worth its name. */
const MOST_DIMENSIONS: i32 = 65536;

/** float32 has room for the squares of what is smaller. */
const LARGEST: f64 = 1e30;

/** 2⁻⁵³ and 2⁻²⁴: what a rounding costs, relative to the result. */
const ROUNDING: f64 = 1.1102230246251565e-16;
const ROUNDING_32: f64 = 5.960464477539063e-8;

/** Bytes that {@link prepareFilter} takes. */
export function filterScratch(rows: i32, columns: i32, dim: i32): i32 {
  return 16 * dim + 8 * columns + 32 * rows + 4 * rows * dim + panelsOf(columns) * panelBytes(dim) + 128 + 8 * 16;
}

/** Fills in what the filter needs; `false` where float32 has no room for it. */
export function prepareFilter(sweep: Sweep, scratch: usize): bool {
  const rows = sweep.rows;
  const columns = sweep.columns;
  const dim = sweep.dim;
  if (dim > MOST_DIMENSIONS) return false;
  const p = scratch;
  const o = after(p, 8 * dim);
  const beta = after(o, 8 * dim);
  sweep.alpha = after(beta, 8 * columns);
  sweep.lengths = after(sweep.alpha, 8 * rows);
  sweep.reaches = after(sweep.lengths, 8 * rows);
  sweep.bounds = after(sweep.reaches, 8 * rows);
  sweep.doubled = after(sweep.bounds, 8 * rows);
  sweep.panels = after(sweep.doubled, 4 * rows * dim);
  sweep.tile = after(sweep.panels, panelsOf(columns) * panelBytes(dim));
  writeMean(sweep.x, rows, dim, p);
  writeMean(sweep.y, columns, dim, o);
  const size = readRows(sweep, p, o) + readColumns(sweep, p, o, beta);
  const apart = Math.sqrt(squareBetween(p, o, dim));
  const span = sweep.length + apart + sweep.radius;
  sweep.scale = inverseOf(max(sweep.length, sweep.radius));
  const square = sweep.scale * sweep.scale;
  // Fewer than 8 (dim + 8) roundings of terms that are at most 4 span² and the potentials.
  sweep.margin = 64 * <f64>(dim + 8) * ROUNDING * (size + 4 * span * span) * square;
  sweep.unit = 1.02 * <f64>(dim + 8) * ROUNDING_32;
  // NaN is not below either.
  if (!(sweep.margin < LARGEST && (sweep.betaSpread + sweep.gSpread) * square < LARGEST)) return false;
  writeDoubled(sweep, p);
  writePanels(sweep, o, beta);
  lookAtFarthest(sweep, p);
  return true;
}

function panelsOf(columns: i32): i32 {
  return (columns + PANEL - 1) / PANEL;
}

function panelBytes(dim: i32): i32 {
  return 64 * (dim + 2);
}

/** The next multiple of 16. */
function after(start: usize, bytes: i32): usize {
  return (start + <usize>bytes + 15) & ~15;
}

function writeMean(points: usize, count: i32, dim: i32, mean: usize): void {
  memory.fill(mean, 0, 8 * dim);
  for (let i = 0; i < count; i++) {
    const point = points + ((<usize>i * dim) << 3);
    for (let k = 0; k < dim; k++) setF64(mean, k, f64At(mean, k) + f64At(point, k));
  }
  for (let k = 0; k < dim; k++) setF64(mean, k, f64At(mean, k) / count);
}

/** α and the lengths; returns max |f|. */
function readRows(sweep: Sweep, p: usize, o: usize): f64 {
  let largest: f64 = 0;
  sweep.length = 0;
  for (let i = 0; i < sweep.rows; i++) {
    const point = sweep.x + ((<usize>i * sweep.dim) << 3);
    const length = Math.sqrt(squareBetween(point, p, sweep.dim));
    const square = squareBetween(point, o, sweep.dim);
    setF64(sweep.lengths, i, length);
    setF64(sweep.reaches, i, Math.sqrt(square));
    setF64(sweep.alpha, i, f64At(sweep.f, i) - square);
    sweep.length = max(sweep.length, length);
    largest = max(largest, Math.abs(f64At(sweep.f, i)));
  }
  return largest;
}

/** β, and what it and g spread over; returns max |g|. */
function readColumns(sweep: Sweep, p: usize, o: usize, beta: usize): f64 {
  let largest: f64 = 0;
  let betaSum: f64 = 0;
  let gSum: f64 = 0;
  sweep.radius = 0;
  for (let j = 0; j < sweep.columns; j++) {
    const point = sweep.y + ((<usize>j * sweep.dim) << 3);
    const g = f64At(sweep.g, j);
    let square: f64 = 0;
    let along: f64 = 0;
    for (let k = 0; k < sweep.dim; k++) {
      const offset = f64At(point, k) - f64At(o, k);
      square += offset * offset;
      along += (f64At(p, k) - f64At(o, k)) * offset;
    }
    setF64(beta, j, g - square + 2 * along);
    betaSum += f64At(beta, j);
    gSum += g;
    sweep.radius = max(sweep.radius, Math.sqrt(square));
    largest = max(largest, Math.abs(g));
  }
  sweep.beta = betaSum / sweep.columns;
  sweep.gMean = gSum / sweep.columns;
  sweep.betaSpread = 0;
  sweep.gSpread = 0;
  for (let j = 0; j < sweep.columns; j++) {
    sweep.betaSpread = max(sweep.betaSpread, Math.abs(f64At(beta, j) - sweep.beta));
    sweep.gSpread = max(sweep.gSpread, Math.abs(f64At(sweep.g, j) - sweep.gMean));
  }
  return largest;
}

/** A power of two that brings a length to [1, 2); 1 for none. */
function inverseOf(length: f64): f64 {
  const exponent = <i32>((reinterpret<u64>(length) >> 52) & 0x7ff) - 1023;
  if (exponent < -400 || exponent > 400) return 1;
  return reinterpret<f64>(<u64>(1023 - exponent) << 52);
}

function writeDoubled(sweep: Sweep, p: usize): void {
  const factor = 2 * sweep.scale;
  for (let i = 0; i < sweep.rows; i++) {
    for (let k = 0; k < sweep.dim; k++) {
      const at = i * sweep.dim + k;
      setF32(sweep.doubled, at, <f32>(factor * (f64At(sweep.x, at) - f64At(p, k))));
    }
  }
}

/** The last panel repeats the last column. */
function writePanels(sweep: Sweep, o: usize, beta: usize): void {
  const square = sweep.scale * sweep.scale;
  let panel = sweep.panels;
  for (let first = 0; first < sweep.columns; first += PANEL, panel += panelBytes(sweep.dim)) {
    for (let q = 0; q < PANEL; q++) {
      const j = min(first + q, sweep.columns - 1);
      const point = sweep.y + ((<usize>j * sweep.dim) << 3);
      setF32(panel, q, <f32>((f64At(beta, j) - sweep.beta) * square));
      setF32(panel, PANEL + q, <f32>((f64At(sweep.g, j) - sweep.gMean) * square));
      for (let k = 0; k < sweep.dim; k++) {
        setF32(panel, (k + 2) * PANEL + q, <f32>(sweep.scale * (f64At(point, k) - f64At(o, k))));
      }
    }
  }
}

/** Every pair of the row and of the column that lie farthest out: in few dimensions one of them has the largest cost. */
function lookAtFarthest(sweep: Sweep, p: usize): void {
  let row = 0;
  for (let i = 1; i < sweep.rows; i++) if (f64At(sweep.reaches, i) > f64At(sweep.reaches, row)) row = i;
  let column = 0;
  let farthest: f64 = -1;
  for (let j = 0; j < sweep.columns; j++) {
    lookAtPair(sweep, row, j);
    const square = squareBetween(p, sweep.y + ((<usize>j * sweep.dim) << 3), sweep.dim);
    if (square > farthest) {
      farthest = square;
      column = j;
    }
  }
  for (let i = 0; i < sweep.rows; i++) lookAtPair(sweep, i, column);
}

/** Looks at every pair that the filter lets through. */
export function filterPairs(sweep: Sweep): void {
  const stride = <usize>sweep.dim << 2;
  for (let first = 0; first < sweep.rows; first += ROWS_AT_ONCE) {
    const end = min(first + ROWS_AT_ONCE, sweep.rows);
    setBounds(sweep, first, end);
    let panel = sweep.panels;
    for (let j = 0; j < sweep.columns; j += PANEL, panel += panelBytes(sweep.dim)) {
      for (let i = first; i < end; i += 2) {
        // A last odd row is looked at twice.
        const next = min(i + 1, end - 1);
        const x = sweep.doubled + <usize>i * stride;
        const xNext = sweep.doubled + <usize>next * stride;
        const bounds = sweep.bounds + (<usize>i << 3);
        const boundsNext = sweep.bounds + (<usize>next << 3);
        if (!isTileWorthIt(x, xNext, panel, stride, bounds, boundsNext, sweep.tile)) continue;
        const worst = sweep.worst;
        const largest = sweep.largest;
        lookAtTile(sweep, i, j, panel, bounds, sweep.tile);
        lookAtTile(sweep, next, j, panel, boundsNext, sweep.tile + 64);
        if (sweep.worst > worst || sweep.largest > largest) setBounds(sweep, first, end);
      }
    }
  }
}

function lookAtTile(sweep: Sweep, i: i32, first: i32, panel: usize, bounds: usize, sums: usize): void {
  const above = load<f32>(bounds);
  const below = load<f32>(bounds, 4);
  for (let q = 0; q < PANEL; q++) {
    const sum = f32At(sums, q);
    if (sum > above || sum - f32At(panel, PANEL + q) < below) lookAtPair(sweep, i, min(first + q, sweep.columns - 1));
  }
}

/** From what was found so far, which sums have to be looked at. */
function setBounds(sweep: Sweep, first: i32, end: i32): void {
  const square = sweep.scale * sweep.scale;
  const slack = 1 + 8 * <f64>(sweep.dim + 16) * ROUNDING;
  for (let i = first; i < end; i++) {
    const alpha = f64At(sweep.alpha, i) + sweep.beta;
    const size = sweep.betaSpread * square + 2 * f64At(sweep.lengths, i) * sweep.radius * square;
    const error = sweep.unit * size + sweep.margin;
    const above = (sweep.worst - alpha) * square - error;
    setF32(sweep.bounds, 2 * i, roundedDown(above));
    const reach = f64At(sweep.reaches, i) + sweep.radius;
    const below =
      (f64At(sweep.f, i) - sweep.largest - alpha + sweep.gMean) * square + error + sweep.unit * sweep.gSpread * square;
    setF32(sweep.bounds, 2 * i + 1, reach * reach * slack > sweep.largest ? -roundedDown(-below) : -Infinity);
  }
}

/** A float32 number that is no larger, also where that is the smallest of all. */
function roundedDown(value: f64): f32 {
  return <f32>(value - 4 * ROUNDING_32 * Math.abs(value) - 1e-30);
}
