// What happens once: order or shuffle, centring, and the scale of the costs.

import { f64At, i32At, setF64, setI32 } from '../cells';
import { priceForbidden } from './forbidden';
import { normCost } from '../norm-costs';
import { centre, kdOrder } from './order';
import { prepareProducts } from './products';
import { CostKind, MAX_LEVELS, Solve } from './state';
import { isUniform } from './supplies';

/** Reduced costs above −2^−46 of the largest cost count as 0. */
const RELATIVE_TOLERANCE: f64 = 1.4210854715202004e-14;

/**
 * Identity ids, or for rows and matrices a fixed shuffle: there the caller writes the input in the order of the ids.
 */
export function initialiseIds(s: Solve): void {
  const isShuffled = s.kind != CostKind.blocks;
  fillIds(s.sourceIds, s.sources, isShuffled, 0x9e3779b9);
  fillIds(s.sinkIds, s.sinks, isShuffled, 0x85ebca6b);
}

/** Centres and orders points, and finds the largest cost (or a bound of it). */
export function prepare(s: Solve): void {
  memory.fill(s.offsetN, 0, 4 * MAX_LEVELS);
  memory.fill(s.offsetM, 0, 4 * MAX_LEVELS);
  s.uniform = isUniform(s.a, s.sources) && isUniform(s.b, s.sinks) ? 1 : 0;
  const dim = s.dim;
  if (s.kind == CostKind.blocks) {
    // |x − y|² = |x̃ − ỹ|² + 2 μ·(x̃ − ỹ) + |μ|² with μ the difference of the means: only the potentials change.
    centre(s.x, s.sources, dim, s.shift);
    centre(s.y, s.sinks, dim, s.query);
    for (let k = 0; k < dim; k++) setF64(s.shift, k, f64At(s.shift, k) - f64At(s.query, k));
    kdOrder(s.x, s.sourceIds, s.sources, dim);
    kdOrder(s.y, s.sinkIds, s.sinks, dim);
  }
  prepareProducts(s);
  const isMatrix = s.kind == CostKind.matrix || s.kind == CostKind.matrix32;
  s.largestCost = isMatrix ? priceForbidden(s) : boxBound(s);
  s.keyScale = s.largestCost > 0 ? 1 / s.largestCost : 0;
  s.tolerance = s.largestCost * RELATIVE_TOLERANCE;
}

/** Fisher–Yates with a fixed xorshift32 stream. */
function fillIds(ids: usize, count: i32, isShuffled: bool, seed: u32): void {
  for (let t = 0; t < count; t++) setI32(ids, t, t);
  if (!isShuffled) return;
  let state = seed;
  for (let t = count - 1; t > 0; t--) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    const other = <i32>((<u64>state * <u64>(t + 1)) >> 32);
    const id = i32At(ids, t);
    setI32(ids, t, i32At(ids, other));
    setI32(ids, other, id);
  }
}

/** The cost from corner to corner of the box around both clouds. */
function boxBound(s: Solve): f64 {
  let sum = 0.0;
  for (let k = 0; k < s.dim; k++) {
    let low = Infinity;
    let high = -Infinity;
    for (let i = 0; i < s.sources; i++) {
      low = min(low, f64At(s.x, i * s.dim + k));
      high = max(high, f64At(s.x, i * s.dim + k));
    }
    for (let j = 0; j < s.sinks; j++) {
      low = min(low, f64At(s.y, j * s.dim + k));
      high = max(high, f64At(s.y, j * s.dim + k));
    }
    setF64(s.query, k, high - low);
    sum += (high - low) * (high - low);
  }
  if (s.kind == CostKind.normRows) {
    memory.fill(s.shift, 0, <usize>s.dim << 3);
    return normCost(s.query, s.shift, s.dim, s.p, s.power);
  }
  return s.kind == CostKind.euclideanRows ? sqrt(sum) : sum;
}
