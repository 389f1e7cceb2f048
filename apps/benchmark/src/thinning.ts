/** Makes pictures small: fewer points, fewer digits. */

/** The first `count` points of a flat [x, y, …] array, rounded to 4 digits after the point. */
export function thin(points: ArrayLike<number>, count: number): number[] {
  return Array.from({ length: Math.min(points.length, 2 * count) }, (_, i) => Math.round(points[i] * 1e4) / 1e4);
}
