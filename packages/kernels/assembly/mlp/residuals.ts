/**
 * The weighted squared error of some groups of samples, and what its gradient starts from.
 *
 * `velocity` and `target` have `rows` rows a group, of which `dim` count; `weights` has one. Each velocity v is
 * replaced by (v − target)·(weight·factor). Returns Σ weight·(v − target)² in float64: four running sums, one for
 * each lane of a vector, over groups, coordinates and vectors in order, added as (s₀ + s₂) + (s₁ + s₃). A sample of
 * weight 0 with finite values adds nothing.
 */
export function squaredResiduals(
  velocity: usize,
  target: usize,
  rows: i32,
  dim: i32,
  weights: usize,
  factor: f32,
  groups: i32,
): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let p = 0; p < groups; p++) {
    for (let k = 0; k < dim; k++) {
      const row = <usize>(p * rows + k) << 6;
      for (let part: usize = 0; part < 64; part += 16) {
        const at = velocity + row + part;
        const weight = v128.load(weights + (<usize>p << 6) + part);
        const residual = f32x4.sub(v128.load(at), v128.load(target + row + part));
        v128.store(at, f32x4.mul(residual, f32x4.mul(weight, f32x4.splat(factor))));
        low = f64x2.add(low, weightedSquare(residual, weight));
        const residualHigh = v128.shuffle<f64>(residual, residual, 1, 1);
        high = f64x2.add(high, weightedSquare(residualHigh, v128.shuffle<f64>(weight, weight, 1, 1)));
      }
    }
  }
  const sums = f64x2.add(low, high);
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

/** weight·residual² of the two lower lanes in float64, where a square of float32 numbers is exact. */
// @ts-ignore: decorator
@inline
function weightedSquare(residual: v128, weight: v128): v128 {
  const wide = f64x2.promote_low_f32x4(residual);
  return f64x2.mul(f64x2.promote_low_f32x4(weight), f64x2.mul(wide, wide));
}
