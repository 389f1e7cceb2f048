// Squared distances in many dimensions, without computing most of them: ‖x_i − y_j‖² = t_i + u_j − 2 ⟨x_i − p, y_j − o⟩ with p and
// o the means of the sources and the sinks, t_i = ‖x_i − o‖² and u_j = ‖y_j − o‖² − 2 ⟨p − o, y_j − o⟩. The products are
// kept, in float32. A search takes them, and a bound of all roundings, to leave out sinks that cannot be among those it is
// to find; the others' costs are computed in float64, by differences: what it finds has the bits of a search without products.

import { f32At, f64At, i32At, setF32, setF64 } from '../cells';
import { costRow, sinkPoint, sourcePoint, squaredDistance } from './costs';
import { insert, searchRow } from './search';
import { inverseOf, LARGEST, ROUNDING, ROUNDING_32, roundedUp } from './single-precision';
import { CostKind, Solve } from './state';

/** Rows that are multiplied at once. */
const ROWS_AT_ONCE: i32 = 64;

/** Whether products of this solve are kept. */
// @ts-ignore: decorator
@inline
function hasProducts(s: Solve): bool {
  return s.kind == CostKind.squaredRows && s.isStored != 0;
}

/** Sinks of a panel: a cache line of float32 numbers. Rows of products are as long as whole panels. */
const PANEL: i32 = 16;

/** Sinks, rounded up to whole panels. */
// @ts-ignore: decorator
@inline
export function paddedSinks(sinks: i32): i32 {
  return (sinks + PANEL - 1) & -PANEL;
}

/** Reads the points, where products are to be kept; gives them up where float32 has no room for their squares. */
export function prepareProducts(s: Solve): void {
  if (!hasProducts(s)) return;
  const dim = s.dim;
  const p = s.query;
  const o = s.shift;
  writeMean(s.x, s.sources, dim, p);
  writeMean(s.y, s.sinks, dim, o);
  let length = 0.0;
  let reach = 0.0;
  for (let i = 0; i < s.sources; i++) {
    const x = sourcePoint(s, i);
    setF64(s.sourceLengths, i, sqrt(squaredDistance(x, p, dim)));
    setF64(s.sourceTerms, i, squaredDistance(x, o, dim));
    length = max(length, f64At(s.sourceLengths, i));
    reach = max(reach, f64At(s.sourceTerms, i));
  }
  let radius = 0.0;
  for (let j = 0; j < s.sinks; j++) {
    const y = sinkPoint(s, j);
    let square = 0.0;
    let along = 0.0;
    for (let k = 0; k < dim; k++) {
      const offset = f64At(y, k) - f64At(o, k);
      square += offset * offset;
      along += (f64At(p, k) - f64At(o, k)) * offset;
    }
    setF64(s.sinkTerms, j, square - 2 * along);
    radius = max(radius, sqrt(square));
  }
  const apart = sqrt(squaredDistance(p, o, dim));
  const span = length + apart + radius;
  s.scale = inverseOf(max(length, radius));
  s.radius = radius;
  // Fewer than 8 (dim + 8) roundings of terms that are at most 4 span²; NaN is not below either.
  s.margin = 64 * <f64>(dim + 8) * ROUNDING * (4 * span * span + reach);
  if (!(s.margin * s.scale * s.scale < LARGEST)) {
    s.isStored = 0;
    return;
  }
  writeSources(s, p);
  writePanels(s, o);
}

function writeMean(points: usize, count: i32, dim: i32, mean: usize): void {
  memory.fill(mean, 0, <usize>dim << 3);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < dim; k++) setF64(mean, k, f64At(mean, k) + f64At(points, i * dim + k));
  }
  for (let k = 0; k < dim; k++) setF64(mean, k, f64At(mean, k) / <f64>count);
}

function writeSources(s: Solve, mean: usize): void {
  const factor = -2 * s.scale;
  for (let i = 0; i < s.sources; i++) {
    for (let k = 0; k < s.dim; k++) {
      const at = i * s.dim + k;
      setF32(s.singleX, at, <f32>(factor * (f64At(s.x, at) - f64At(mean, k))));
    }
  }
}

/** Of 16 sinks each coordinate after the other; zeros fill up the last panel. */
function writePanels(s: Solve, mean: usize): void {
  for (let j = 0; j < paddedSinks(s.sinks); j++) {
    const y = sinkPoint(s, j);
    const first = (j & -PANEL) * s.dim + (j & (PANEL - 1));
    for (let k = 0; k < s.dim; k++) {
      const value = j < s.sinks ? s.scale * (f64At(y, k) - f64At(mean, k)) : 0;
      setF32(s.singleY, first + k * PANEL, <f32>value);
    }
  }
}

/** u_j − g_j in float32, without their mean: what searches need of g. */
export function readPrices(s: Solve): void {
  if (!hasProducts(s)) return;
  const square = s.scale * s.scale;
  let sum = 0.0;
  let largest = 0.0;
  for (let j = 0; j < s.m; j++) {
    sum += f64At(s.sinkTerms, j) - f64At(s.g, j);
    largest = max(largest, Math.abs(f64At(s.g, j)));
  }
  s.priceMean = sum / <f64>s.m;
  s.priceSpread = 0;
  for (let j = 0; j < s.m; j++) {
    const price = f64At(s.sinkTerms, j) - f64At(s.g, j) - s.priceMean;
    s.priceSpread = max(s.priceSpread, Math.abs(price));
    setF32(s.sinkPrices, j, <f32>(square * price));
  }
  s.priceMargin = s.margin + 64 * <f64>(s.dim + 8) * ROUNDING * largest;
}

/**
 * The sinks j < m (or `ids[0…m)`) with the least c_ij − g_j < limit, at most `wanted`: as `searchRow`, for every kind of cost
 * but blocks. {@link readPrices} has been called since g changed.
 */
export function searchCosts(s: Solve, i: i32, ids: usize, m: i32, wanted: i32, limit: f64): i32 {
  return hasProducts(s)
    ? searchProducts(s, i, ids, m, wanted, limit)
    : searchRow(s, costRow(s, i), s.g, ids, m, wanted, limit);
}

function searchProducts(s: Solve, i: i32, ids: usize, m: i32, wanted: i32, limit: f64): i32 {
  const row = productRow(s, i);
  const x = sourcePoint(s, i);
  const square = s.scale * s.scale;
  const size = s.priceSpread + 2 * f64At(s.sourceLengths, i) * s.radius;
  const error = 1.02 * <f64>(s.dim + 8) * ROUNDING_32 * size + s.priceMargin;
  const offset = error - f64At(s.sourceTerms, i) - s.priceMean;
  let found = 0;
  let threshold = limit;
  let bound = roundedUp((threshold + offset) * square);
  let looked = 0;
  if (ids) {
    for (let t = 0; t < m; t++) {
      const j = i32At(ids, t);
      if (!(f32At(row, j) + f32At(s.sinkPrices, j) <= bound)) continue;
      const value = squaredDistance(x, sinkPoint(s, j), s.dim) - f64At(s.g, j);
      looked++;
      if (value >= threshold) continue;
      found = insert(s, value, j, wanted, found);
      if (found < wanted) continue;
      threshold = f64At(s.found, wanted - 1);
      bound = roundedUp((threshold + offset) * square);
    }
    s.work += <i64>looked * s.dim;
    return found;
  }
  let bounds = f32x4.splat(bound);
  for (let j = 0; j < m; j += 4) {
    const at = <usize>j << 2;
    if (!v128.any_true(f32x4.le(f32x4.add(v128.load(row + at), v128.load(s.sinkPrices + at)), bounds))) continue;
    const end = min(j + 4, m);
    for (let t = j; t < end; t++) {
      if (!(f32At(row, t) + f32At(s.sinkPrices, t) <= bound)) continue;
      const value = squaredDistance(x, sinkPoint(s, t), s.dim) - f64At(s.g, t);
      looked++;
      if (value >= threshold) continue;
      found = insert(s, value, t, wanted, found);
      if (found < wanted) continue;
      threshold = f64At(s.found, wanted - 1);
      bound = roundedUp((threshold + offset) * square);
      bounds = f32x4.splat(bound);
    }
  }
  s.work += <i64>looked * s.dim;
  return found;
}

/**
 * Address of the costs of source i to `count` sinks, those of an ascending list or the first ones, as far as products tell
 * them: a start, never an answer.
 */
export function nearlyCosts(s: Solve, i: i32, sinks: usize, count: i32): usize {
  if (!hasProducts(s)) {
    const row = costRow(s, i);
    if (!sinks) return row;
    for (let t = 0; t < count; t++) setF64(s.row, t, f64At(row, i32At(sinks, t)));
    return s.row;
  }
  const row = productRow(s, i);
  const factor = 1 / (s.scale * s.scale);
  const term = f64At(s.sourceTerms, i);
  for (let t = 0; t < count; t++) {
    const j = sinks ? i32At(sinks, t) : t;
    setF64(s.row, t, term + f64At(s.sinkTerms, j) + factor * <f64>f32At(row, j));
  }
  return s.row;
}

/** Where the products of source i are, computed at the first use. */
function productRow(s: Solve, i: i32): usize {
  const bytes = <usize>paddedSinks(s.sinks) << 2;
  if (!load<u8>(s.isReady + i)) {
    const first = i - (i % ROWS_AT_ONCE);
    const end = min(first + ROWS_AT_ONCE, s.sources);
    fillProducts(s, first, end, bytes);
    memory.fill(s.isReady + first, 1, end - first);
    s.work += <i64>(end - first) * s.sinks * (1 + (s.dim >> 4));
  }
  return s.costs + <usize>i * bytes;
}

function fillProducts(s: Solve, first: i32, end: i32, bytes: usize): void {
  const stride = <usize>s.dim << 2;
  let panel = s.singleY;
  for (let j = 0; j < s.sinks; j += PANEL, panel += stride * PANEL) {
    for (let i = first; i < end; i += 2) {
      // A last odd row is computed twice, into the same place.
      const next = min(i + 1, end - 1);
      const out = s.costs + <usize>i * bytes + (<usize>j << 2);
      multiplyPanel(s.singleX + <usize>i * stride, s.singleX + <usize>next * stride, panel, stride, out, <usize>(next - i) * bytes);
    }
  }
}

/**
 * Two rows of 16 products, the second one `away` bytes behind the first. Never fused: a start may follow from products, and
 * every binary has to make the same one.
 */
function multiplyPanel(x: usize, xNext: usize, panel: usize, stride: usize, out: usize, away: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  const end = x + stride;
  for (; x < end; x += 4, xNext += 4, panel += 64) {
    const xk = v128.load32_splat(x);
    const xNextK = v128.load32_splat(xNext);
    const y0 = v128.load(panel);
    const y1 = v128.load(panel, 16);
    const y2 = v128.load(panel, 32);
    const y3 = v128.load(panel, 48);
    a0 = f32x4.add(a0, f32x4.mul(xk, y0));
    a1 = f32x4.add(a1, f32x4.mul(xk, y1));
    a2 = f32x4.add(a2, f32x4.mul(xk, y2));
    a3 = f32x4.add(a3, f32x4.mul(xk, y3));
    b0 = f32x4.add(b0, f32x4.mul(xNextK, y0));
    b1 = f32x4.add(b1, f32x4.mul(xNextK, y1));
    b2 = f32x4.add(b2, f32x4.mul(xNextK, y2));
    b3 = f32x4.add(b3, f32x4.mul(xNextK, y3));
  }
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(out, a2, 32);
  v128.store(out, a3, 48);
  out += away;
  v128.store(out, b0);
  v128.store(out, b1, 16);
  v128.store(out, b2, 32);
  v128.store(out, b3, 48);
}
