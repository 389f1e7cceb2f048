/** Makes pictures small: fewer points, fewer digits. */

/** The first `count` points of a flat [x, y, …] array, rounded to 4 digits after the point. */
export function thin(points: ArrayLike<number>, count: number): number[] {
  return Array.from({ length: Math.min(points.length, 2 * count) }, (_, i) => Math.round(points[i] * 1e4) / 1e4);
}

/** A curve of losses with at most `count` points: means of neighbouring windows, to 5 digits. */
export function thinLosses(
  losses: readonly { step: number; loss: number }[],
  count: number,
): { step: number; loss: number }[] {
  const size = Math.max(1, Math.ceil(losses.length / count));
  return Array.from({ length: Math.ceil(losses.length / size) }, (_, i) => {
    const part = losses.slice(i * size, (i + 1) * size);
    const mean = part.reduce((sum, { loss }) => sum + loss / part.length, 0);
    return { step: part[part.length - 1].step, loss: Number(mean.toPrecision(5)) };
  });
}
