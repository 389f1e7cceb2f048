import { addressAt, CHUNK, numberAt, Place } from './plan';
import { transposeParameters } from './transpose';

/** What is the same for all parameters of an update; nine float64 numbers in this order at `UpdateAt`. */
const enum Factor {
  GradientScale,
  Pull,
  Beta1,
  Beta2,
  Rate,
  Shrink,
  RootScale,
  Epsilon,
  Decay,
}

/**
 * Adam or AdamW for a chunk of 1024 parameters (packages/nets/src/optimizer/adam.ts has the source), then the running sum of
 * the parameters where one is kept, and the transposed copy. Computed in float64 and stored in float32; no operation
 * is fused in any binary. Reads and writes up to one entry beyond the last, for which all arrays have room.
 */
export function mlpUpdateParameters(plan: usize, chunk: i32): void {
  const first = chunk * CHUNK;
  const count = min<i32>(CHUNK, numberAt(plan, Place.ParameterCount) - first);
  const shift = <usize>first << 2;
  const sums = addressAt(plan, Place.SumsAt);
  moveParameters(plan, shift, count);
  if (sums != 0) addToSums(plan, sums + shift, addressAt(plan, Place.ParametersAt) + shift, count);
  transposeParameters(plan, first, first + count);
}

function moveParameters(plan: usize, shift: usize, count: i32): void {
  const gradientScale = factor(plan, Factor.GradientScale);
  const pull = factor(plan, Factor.Pull);
  const beta1 = factor(plan, Factor.Beta1);
  const beta2 = factor(plan, Factor.Beta2);
  const rate = factor(plan, Factor.Rate);
  const shrink = factor(plan, Factor.Shrink);
  const rootScale = factor(plan, Factor.RootScale);
  const epsilon = factor(plan, Factor.Epsilon);
  const rest1 = f64x2.sub(f64x2.splat(1), beta1);
  const rest2 = f64x2.sub(f64x2.splat(1), beta2);
  const gradients = addressAt(plan, Place.GradientAt) + shift;
  const parameters = addressAt(plan, Place.ParametersAt) + shift;
  const means = addressAt(plan, Place.MeansAt) + shift;
  const squares = addressAt(plan, Place.SquaresAt) + shift;
  for (let at: usize = 0, end = <usize>count << 2; at < end; at += 8) {
    const p = pair(parameters + at);
    const scaled = f32x4.demote_f64x2_zero(f64x2.mul(gradientScale, pair(gradients + at)));
    const g = f64x2.add(f64x2.promote_low_f32x4(scaled), f64x2.mul(pull, p));
    const mean = f64x2.add(f64x2.mul(beta1, pair(means + at)), f64x2.mul(rest1, g));
    const square = f64x2.add(f64x2.mul(beta2, pair(squares + at)), f64x2.mul(f64x2.mul(rest2, g), g));
    const root = f64x2.add(f64x2.mul(f64x2.sqrt(square), rootScale), epsilon);
    storePair(means + at, mean);
    storePair(squares + at, square);
    storePair(parameters + at, f64x2.sub(f64x2.mul(shrink, p), f64x2.div(f64x2.mul(rate, mean), root)));
  }
}

function addToSums(plan: usize, sums: usize, parameters: usize, count: i32): void {
  const decay = factor(plan, Factor.Decay);
  const rest = f64x2.sub(f64x2.splat(1), decay);
  for (let at: usize = 0, end = <usize>count << 2; at < end; at += 8) {
    storePair(sums + at, f64x2.add(f64x2.mul(decay, pair(sums + at)), f64x2.mul(rest, pair(parameters + at))));
  }
}

// @ts-ignore: decorator
@inline
function factor(plan: usize, which: Factor): v128 {
  return v128.load64_splat(addressAt(plan, Place.UpdateAt) + (<usize>which << 3));
}

/** Two float32 numbers as float64. */
// @ts-ignore: decorator
@inline
function pair(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

// @ts-ignore: decorator
@inline
function storePair(at: usize, value: v128): void {
  v128.store64_lane(at, f32x4.demote_f64x2_zero(value), 0);
}
