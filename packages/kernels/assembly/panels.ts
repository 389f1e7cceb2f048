/** Points in one panel: 64 bytes, a cache line, for one coordinate. */
// @ts-ignore: decorator
@inline
export function panelWidth<T>(): i32 {
  return 64 / <i32>sizeof<T>();
}

/**
 * Packs row-major points into panels of w points (8 of float64, 16 of float32), coordinate by coordinate: coordinate k
 * of point w·p + q goes to `out[(p·dim + k)·w + q]`. The last panel is filled up with zeros. `out` holds `w·⌈count /
 * w⌉·dim` values.
 */
export function packPanels<T>(points: usize, count: i32, dim: i32, out: usize): void {
  const width = panelWidth<T>();
  const size = sizeof<T>();
  const stride = <usize>dim * size;
  let target = out;
  for (let first = 0; first < count; first += width) {
    const filled = min<i32>(width, count - first);
    const source = points + <usize>first * stride;
    for (let k: usize = 0; k < stride; k += size, target += 64) {
      for (let q = 0; q < filled; q++) store<T>(target + <usize>q * size, load<T>(source + <usize>q * stride + k));
      for (let q = filled; q < width; q++) store<T>(target + <usize>q * size, <T>0);
    }
  }
}
