// Squared distances in many dimensions, without computing most of them: ‖x_i − y_j‖² = t_i + u_j − 2 ⟨x_i − p, y_j − o⟩ with p and
// o the means of the sources and the sinks, t_i = ‖x_i − o‖² and u_j = ‖y_j − o‖² − 2 ⟨p − o, y_j − o⟩. The products are
// kept, in float32. A search takes them, and a bound of all roundings, to leave out sinks that cannot be among those it is
// to find; the others' costs are computed in float64, by differences: what it finds has the bits of a search without products.

import { f32At, f64At, i32At, setF32, setF64 } from '../cells';
import { matrixProduct32, matrixProductScratch } from '../matrix-product';
import { costRow, sinkPoint, sourcePoint, squaredDistance } from './costs';
import { insert, searchRow } from './search';
import { inverseOf, LARGEST, ROUNDING, ROUNDING_32, roundedUp } from './single-precision';
import { CostKind, Solve } from './state';

/** Rows that are multiplied at once. */
const ROWS_AT_ONCE: i32 = 128;

/** Whether products of this solve are kept. */
// @ts-ignore: decorator
@inline
function hasProducts(s: Solve): bool {
  return s.kind == CostKind.squaredRows && s.isStored != 0;
}

/** Bytes of scratch for the products of some rows. */
export function productScratch(sources: i32, sinks: i32, dim: i32): i32 {
  return matrixProductScratch(min(ROWS_AT_ONCE, sources), dim, sinks, 4);
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
  writeSingle(s.x, s.sources, dim, p, -2 * s.scale, s.singleX);
  writeSingle(s.y, s.sinks, dim, o, s.scale, s.singleY);
}

function writeMean(points: usize, count: i32, dim: i32, mean: usize): void {
  memory.fill(mean, 0, <usize>dim << 3);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < dim; k++) setF64(mean, k, f64At(mean, k) + f64At(points, i * dim + k));
  }
  for (let k = 0; k < dim; k++) setF64(mean, k, f64At(mean, k) / <f64>count);
}

function writeSingle(points: usize, count: i32, dim: i32, mean: usize, factor: f64, out: usize): void {
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < dim; k++) {
      const at = i * dim + k;
      setF32(out, at, <f32>(factor * (f64At(points, at) - f64At(mean, k))));
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
  const bytes = <usize>s.sinks << 2;
  if (!load<u8>(s.isReady + i)) {
    const first = i - (i % ROWS_AT_ONCE);
    const count = min(ROWS_AT_ONCE, s.sources - first);
    const x = s.singleX + ((<usize>first * s.dim) << 2);
    matrixProduct32(x, s.dim, 0, s.singleY, 1, s.costs + <usize>first * bytes, count, s.dim, s.sinks, s.productScratch);
    memory.fill(s.isReady + first, 1, count);
    s.work += <i64>count * s.sinks * (1 + (s.dim >> 4));
  }
  return s.costs + <usize>i * bytes;
}
