/**
 * Packs row-major float64 points into panels of 8 points, coordinate by coordinate: coordinate k of point 8p + q goes to
 * `out[(p·dim + k)·8 + q]`. The last panel is filled up with zeros. `out` holds `8·⌈count / 8⌉·dim` values.
 */
export function packPanels(points: usize, count: i32, dim: i32, out: usize): void {
  const stride = <usize>dim << 3;
  let target = out;
  for (let first = 0; first < count; first += 8) {
    const filled = min<i32>(8, count - first);
    const source = points + <usize>first * stride;
    for (let k: usize = 0; k < stride; k += 8, target += 64) {
      for (let q = 0; q < filled; q++) store<f64>(target + (<usize>q << 3), load<f64>(source + <usize>q * stride + k));
      for (let q = filled; q < 8; q++) store<f64>(target + (<usize>q << 3), 0);
    }
  }
}
