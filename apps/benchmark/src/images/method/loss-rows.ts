/** Loss curves short enough for a chart. */

/** Rows of a curve, at most. */
const MOST_ROWS = 64;

/**
 * Mean losses at the ends of their windows; neighbouring windows are joined where there are many.
 *
 * @param curve - mean losses over windows of steps, the last window perhaps shorter
 * @param steps - steps behind the curve
 * @param before - steps of the fits before this one
 */
export function lossRows(
  { window, means }: { readonly window: number; readonly means: ArrayLike<number> },
  steps: number,
  before = 0,
): { step: number; loss: number }[] {
  const joined = Math.max(1, Math.ceil(means.length / MOST_ROWS));
  return Array.from({ length: Math.ceil(means.length / joined) }, (_, row) => {
    let sum = 0;
    let mass = 0;
    for (let k = row * joined; k < Math.min(means.length, (row + 1) * joined); k++) {
      const length = Math.min(window, steps - k * window);
      sum += length * means[k];
      mass += length;
    }
    return { step: before + Math.min((row + 1) * joined * window, steps), loss: sum / mass };
  });
}
