/**
 * One axis of a Gaussian kernel between two sets of nodes, as a matrix: separable kernels act on a grid axis by axis, which takes
 * O(n³) instead of O(n⁴) (J. Solomon et al., Convolutional Wasserstein distances, SIGGRAPH 2015).
 */
import { exp } from '@brenier/elementary';

/** exp(−(difference of node i and node k)²/(2 variance)), and the span of k in which it does not vanish. */
export interface AxisKernel {
  /** Number of nodes summed over. */
  readonly inputs: number;
  /** Number of nodes with a sum. */
  readonly outputs: number;
  /** Shape [outputs, inputs]. */
  readonly weights: Float64Array;
  /** First k whose weight is not 0, shape [outputs]. */
  readonly first: Int32Array;
  /** One after the last such k, shape [outputs]. */
  readonly end: Int32Array;
  /** Where the sums are, shape [outputs]. */
  readonly at: Float64Array;
  /** Where the summands are, shape [inputs]. */
  readonly from: Float64Array;
}

/**
 * The kernel exp(−(inputFactor·from − outputFactor·at)²/(2 variance)).
 *
 * @param at - the nodes with a sum
 * @param from - the nodes summed over
 * @param outputFactor - factor of `at`: that of the transition where `at` is earlier, else 1
 * @param inputFactor - factor of `from`: that of the transition where `from` is earlier, else 1
 * @param variance - of the transition
 */
export function axisKernel(
  at: Float64Array,
  from: Float64Array,
  outputFactor: number,
  inputFactor: number,
  variance: number,
): AxisKernel {
  const weights = new Float64Array(at.length * from.length);
  const first = new Int32Array(at.length).fill(from.length);
  const end = new Int32Array(at.length);
  for (let i = 0; i < at.length; i++) {
    for (let k = 0; k < from.length; k++) {
      const difference = inputFactor * from[k] - outputFactor * at[i];
      const weight = exp((-0.5 * difference * difference) / variance);
      if (weight === 0) continue;
      weights[i * from.length + k] = weight;
      first[i] = Math.min(first[i], k);
      end[i] = k + 1;
    }
  }
  return { inputs: from.length, outputs: at.length, weights, first, end, at, from };
}
