import { fillNormal } from '../random/normal-numbers';
import { evaluate, groupsOf, prepareBlock, readVelocities, shiftOf, sizeOf } from './evaluation';
import { addressAt, BLOCK, numberAt, Place } from './plan';

// Explicit Runge–Kutta steps of a block (equation 1.8 of Hairer, Nørsett and Wanner, Solving Ordinary Differential
// Equations I, chapter II.1), with the roundings of the array algebra of @brenier/samplers: one term is added as it
// is, x + c·k; several are summed first, since they are small beside x.

/**
 * Walks block `block` of 64 points through all steps in place.
 *
 * `CoefficientsAt` has, for each step, h times every weight of `TermsAt`; that is a list of int32: for each stage and
 * for the step itself the number of its terms and the stages they belong to, where the number of stages stands for
 * the noise. Extras: one row for each evaluation. Noise: a stream of random numbers for each step, where coordinate c of
 * point i has number i·dim + c.
 */
export function mlpWalkBlock(plan: usize, block: i32, scratch: usize): void {
  const dim = numberAt(plan, Place.Dim);
  const length = sizeOf(plan, block) * dim;
  const shift = shiftOf(plan, block);
  const x = addressAt(plan, Place.PointsAt) + shift;
  const firstNumber = (<u64>addressAt(plan, Place.FirstPoint) + <u64>(block * BLOCK)) * <u64>dim;
  let key = addressAt(plan, Place.NoiseKeysAt);
  let spread = addressAt(plan, Place.SpreadsAt);
  const isNoisy = key != 0;
  const stages = numberAt(plan, Place.Stages);
  const bytes = stageBytes(length);
  const slopes = scratch + addressAt(plan, Place.StagesAt);
  const noise = slopes + <usize>stages * bytes;
  const argument = noise + bytes;
  const normalScratch = argument + bytes;
  const extraStep = <usize>numberAt(plan, Place.Extra) << 2;
  let extras = addressAt(plan, Place.ExtrasAt);
  let coefficients = addressAt(plan, Place.CoefficientsAt);
  prepareBlock(plan, scratch, groupsOf(sizeOf(plan, block)));
  for (let k = 0; k < numberAt(plan, Place.Steps); k++) {
    let terms = addressAt(plan, Place.TermsAt);
    if (isNoisy) {
      fillNormal(key, firstNumber, load<f64>(spread), noise, length, normalScratch);
      key += 16;
      spread += 8;
    }
    for (let stage = 0; stage < stages; stage++, extras += extraStep) {
      const count = load<i32>(terms);
      if (count > 0) combine(argument, x, coefficients, terms, slopes, bytes, length);
      evaluate(plan, count > 0 ? argument : x, sizeOf(plan, block), extras, false, scratch);
      readVelocities(plan, sizeOf(plan, block), scratch, slopes + <usize>stage * bytes);
      coefficients += <usize>count << 3;
      terms += <usize>(count + 1) << 2;
    }
    combine(x, x, coefficients, terms, slopes, bytes, length);
    coefficients += <usize>load<i32>(terms) << 3;
  }
}

/** Bytes from one array of so many float64 numbers to the next, so that each begins at a multiple of 16. */
// @ts-ignore: decorator
@inline
function stageBytes(length: i32): usize {
  return <usize>(((length + 1) & ~1) << 3);
}

/** out = x + Σ c·k. */
function combine(
  out: usize,
  x: usize,
  coefficients: usize,
  terms: usize,
  slopes: usize,
  bytes: usize,
  length: i32,
): void {
  const count = load<i32>(terms);
  const end = <usize>length << 3;
  let at: usize = 0;
  for (; at + 16 <= end; at += 16) {
    let sum = f64x2.splat(0);
    if (count == 1) {
      const slope = v128.load(slopes + <usize>load<i32>(terms, 4) * bytes + at);
      sum = f64x2.mul(v128.load64_splat(coefficients), slope);
    } else {
      for (let i = 0; i < count; i++) {
        const slope = v128.load(slopes + <usize>load<i32>(terms + (<usize>i << 2), 4) * bytes + at);
        sum = f64x2.add(sum, f64x2.mul(v128.load64_splat(coefficients + (<usize>i << 3)), slope));
      }
    }
    v128.store(out + at, f64x2.add(v128.load(x + at), sum));
  }
  if (at == end) return;
  let last: f64 = 0;
  if (count == 1) {
    last = load<f64>(coefficients) * load<f64>(slopes + <usize>load<i32>(terms, 4) * bytes + at);
  } else {
    for (let i = 0; i < count; i++) {
      const slope = load<f64>(slopes + <usize>load<i32>(terms + (<usize>i << 2), 4) * bytes + at);
      last += load<f64>(coefficients + (<usize>i << 3)) * slope;
    }
  }
  store<f64>(out + at, load<f64>(x + at) + last);
}
