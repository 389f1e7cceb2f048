import { multiplyAdd } from '../multiply-add';

// The innermost loop of the filter: 2 rows × 16 columns of sums in registers, and whether any is beyond a bound.

/** Columns of a panel: a cache line of float32 numbers. */
export const PANEL: i32 = 16;

/**
 * Whether a sum β_j + Σ_k x_k y_jk of the two rows lies above the first bound of its row, or a sum less g_j below the
 * second; then `tile` holds all 32.
 *
 * @param panel - 16 β, 16 g, then 16 numbers for each coordinate
 * @param stride - bytes of a row
 */
export function isTileWorthIt(
  x: usize,
  xNext: usize,
  panel: usize,
  stride: usize,
  bounds: usize,
  boundsNext: usize,
  tile: usize,
): bool {
  let a0 = v128.load(panel);
  let a1 = v128.load(panel, 16);
  let a2 = v128.load(panel, 32);
  let a3 = v128.load(panel, 48);
  let b0 = a0;
  let b1 = a1;
  let b2 = a2;
  let b3 = a3;
  const end = x + stride;
  for (let y = panel + 128; x < end; x += 4, xNext += 4, y += 64) {
    const xk = v128.load32_splat(x);
    const xNextK = v128.load32_splat(xNext);
    const y0 = v128.load(y);
    const y1 = v128.load(y, 16);
    const y2 = v128.load(y, 32);
    const y3 = v128.load(y, 48);
    a0 = multiplyAdd<f32>(xk, y0, a0);
    a1 = multiplyAdd<f32>(xk, y1, a1);
    a2 = multiplyAdd<f32>(xk, y2, a2);
    a3 = multiplyAdd<f32>(xk, y3, a3);
    b0 = multiplyAdd<f32>(xNextK, y0, b0);
    b1 = multiplyAdd<f32>(xNextK, y1, b1);
    b2 = multiplyAdd<f32>(xNextK, y2, b2);
    b3 = multiplyAdd<f32>(xNextK, y3, b3);
  }
  let above = v128.load32_splat(bounds);
  let beyond = v128.or(
    v128.or(f32x4.gt(a0, above), f32x4.gt(a1, above)),
    v128.or(f32x4.gt(a2, above), f32x4.gt(a3, above)),
  );
  above = v128.load32_splat(boundsNext);
  beyond = v128.or(beyond, v128.or(f32x4.gt(b0, above), f32x4.gt(b1, above)));
  beyond = v128.or(beyond, v128.or(f32x4.gt(b2, above), f32x4.gt(b3, above)));
  if (load<f32>(bounds, 4) > -Infinity || load<f32>(boundsNext, 4) > -Infinity) {
    const g0 = v128.load(panel, 64);
    const g1 = v128.load(panel, 80);
    const g2 = v128.load(panel, 96);
    const g3 = v128.load(panel, 112);
    let below = v128.load32_splat(bounds, 4);
    beyond = v128.or(beyond, f32x4.lt(f32x4.sub(a0, g0), below));
    beyond = v128.or(beyond, f32x4.lt(f32x4.sub(a1, g1), below));
    beyond = v128.or(beyond, f32x4.lt(f32x4.sub(a2, g2), below));
    beyond = v128.or(beyond, f32x4.lt(f32x4.sub(a3, g3), below));
    below = v128.load32_splat(boundsNext, 4);
    beyond = v128.or(beyond, f32x4.lt(f32x4.sub(b0, g0), below));
    beyond = v128.or(beyond, f32x4.lt(f32x4.sub(b1, g1), below));
    beyond = v128.or(beyond, f32x4.lt(f32x4.sub(b2, g2), below));
    beyond = v128.or(beyond, f32x4.lt(f32x4.sub(b3, g3), below));
  }
  if (!v128.any_true(beyond)) return false;
  v128.store(tile, a0);
  v128.store(tile, a1, 16);
  v128.store(tile, a2, 32);
  v128.store(tile, a3, 48);
  v128.store(tile, b0, 64);
  v128.store(tile, b1, 80);
  v128.store(tile, b2, 96);
  v128.store(tile, b3, 112);
  return true;
}
