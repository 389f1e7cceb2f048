import { addressAt, CHUNK, numberAt, Place } from './plan';

/**
 * Adds the gradients of all lanes, in their order, for a chunk of 1024 parameters, and stores the sum of the squares
 * of the result in float64: four running sums over the entries i, i + 4, …, added as (s₀ + s₂) + (s₁ + s₃).
 */
export function mlpReduceGradient(plan: usize, chunk: i32): void {
  const first = chunk * CHUNK;
  const count = min<i32>(CHUNK, numberAt(plan, Place.ParameterCount) - first);
  const lanes = numberAt(plan, Place.Lanes);
  const step = addressAt(plan, Place.LaneGradientBytes);
  const source = addressAt(plan, Place.LaneGradientsAt) + (<usize>first << 2);
  const target = addressAt(plan, Place.GradientAt) + (<usize>first << 2);
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let i = 0; i < count; i += 4) {
    const at = source + (<usize>i << 2);
    let sum = v128.load(at);
    for (let lane = 1; lane < lanes; lane++) sum = f32x4.add(sum, v128.load(at + <usize>lane * step));
    // The arrays are padded, and what is there beyond the last entry must not count.
    if (i + 4 > count) sum = keepFirst(sum, count - i);
    v128.store(target + (<usize>i << 2), sum);
    const lowPart = f64x2.promote_low_f32x4(sum);
    const highPart = f64x2.promote_low_f32x4(v128.shuffle<f64>(sum, sum, 1, 1));
    low = f64x2.add(low, f64x2.mul(lowPart, lowPart));
    high = f64x2.add(high, f64x2.mul(highPart, highPart));
  }
  const sums = f64x2.add(low, high);
  const squares = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  store<f64>(addressAt(plan, Place.PartialSquaresAt) + (<usize>chunk << 3), squares);
}

/** The first `count` lanes, zeros in the others. */
function keepFirst(four: v128, count: i32): v128 {
  const places = i32x4(0, 1, 2, 3);
  return v128.and(four, i32x4.lt_s(places, i32x4.splat(count)));
}
