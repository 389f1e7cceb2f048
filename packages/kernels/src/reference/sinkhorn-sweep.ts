import { exponential } from './exponential.js';
import { softMin } from './soft-min.js';

/** One Sinkhorn iteration over rows of costs: the new `f`, and the column sums of its plan with `g`. */
export function sinkhornSweep(
  costs: readonly (readonly number[])[],
  g: ArrayLike<number>,
  logWeights: ArrayLike<number>,
  a: ArrayLike<number>,
  epsilon: number,
): { f: Float64Array; columnSums: Float64Array } {
  const f = Float64Array.from(costs, (row) => softMin(row, g, logWeights, epsilon));
  const columnSums = new Float64Array(g.length);
  costs.forEach((row, i) => {
    for (let j = 0; j < g.length; j++) {
      const exponent = logWeights[j] + (f[i] + g[j] - row[j]) / epsilon;
      if (exponent > -Infinity) columnSums[j] += a[i] * exponential(exponent);
    }
  });
  return { f, columnSums };
}
