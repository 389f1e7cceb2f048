// The extremes over all pairs of two planar clouds that a certificate of optimality asks for, by looking at every pair.
// Two columns a vector, four rows at a time: a pair of columns is read once for the four. Two maxima of each lane are
// enough, since a maximum has no order.

/**
 * Writes max f_i + g_j − ‖x_i − y_j‖² and max ‖x_i − y_j‖² to `out`: two float64 values, −∞ and 0 where there is no pair.
 * Points in the plane, `x` and `y` row-major.
 */
export function pairExtremes(x: usize, rows: i32, f: usize, y: usize, columns: i32, g: usize, out: usize): void {
  // Two of each, so that no maximum waits for all the others.
  let worst = f64x2.splat(-Infinity);
  let worse = worst;
  let largest = f64x2.splat(0);
  let larger = largest;
  const pairs = columns & ~1;
  for (let i = 0; i < rows; i += 4) {
    // The last group repeats the last row.
    const x0 = x + (<usize>i << 4);
    const x1 = x + (<usize>min(i + 1, rows - 1) << 4);
    const x2 = x + (<usize>min(i + 2, rows - 1) << 4);
    const x3 = x + (<usize>min(i + 3, rows - 1) << 4);
    const f0 = v128.load64_splat(f + (<usize>i << 3));
    const f1 = v128.load64_splat(f + (<usize>min(i + 1, rows - 1) << 3));
    const f2 = v128.load64_splat(f + (<usize>min(i + 2, rows - 1) << 3));
    const f3 = v128.load64_splat(f + (<usize>min(i + 3, rows - 1) << 3));
    const a0 = v128.load64_splat(x0);
    const a1 = v128.load64_splat(x1);
    const a2 = v128.load64_splat(x2);
    const a3 = v128.load64_splat(x3);
    const b0 = v128.load64_splat(x0, 8);
    const b1 = v128.load64_splat(x1, 8);
    const b2 = v128.load64_splat(x2, 8);
    const b3 = v128.load64_splat(x3, 8);
    for (let j = 0; j < columns; j += 2) {
      // The last pair of an odd number repeats the last column.
      const first = v128.load(y + (<usize>j << 4));
      const second = j < pairs ? v128.load(y + (<usize>j << 4), 16) : first;
      const gj = j < pairs ? v128.load(g + (<usize>j << 3)) : v128.load64_splat(g + (<usize>j << 3));
      const p = v128.shuffle<f64>(first, second, 0, 2);
      const q = v128.shuffle<f64>(first, second, 1, 3);
      const c0 = square(f64x2.sub(a0, p), f64x2.sub(b0, q));
      const c1 = square(f64x2.sub(a1, p), f64x2.sub(b1, q));
      const c2 = square(f64x2.sub(a2, p), f64x2.sub(b2, q));
      const c3 = square(f64x2.sub(a3, p), f64x2.sub(b3, q));
      const v0 = f64x2.sub(f64x2.add(f0, gj), c0);
      const v1 = f64x2.sub(f64x2.add(f1, gj), c1);
      const v2 = f64x2.sub(f64x2.add(f2, gj), c2);
      const v3 = f64x2.sub(f64x2.add(f3, gj), c3);
      largest = f64x2.pmax(f64x2.pmax(largest, c0), c1);
      larger = f64x2.pmax(f64x2.pmax(larger, c2), c3);
      worst = f64x2.pmax(f64x2.pmax(worst, v0), v1);
      worse = f64x2.pmax(f64x2.pmax(worse, v2), v3);
    }
  }
  worst = f64x2.pmax(worst, worse);
  largest = f64x2.pmax(largest, larger);
  store<f64>(out, max(f64x2.extract_lane(worst, 0), f64x2.extract_lane(worst, 1)));
  store<f64>(out, max(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1)), 8);
}

// @ts-ignore: decorator
@inline
function square(dx: v128, dy: v128): v128 {
  return f64x2.add(f64x2.mul(dx, dx), f64x2.mul(dy, dy));
}
