// The Wasserstein barycenter of normal distributions, which is normal.
import {
  checkInteger,
  checkLength,
  checkNonNegative,
  checkNumericArray,
  checkOptions,
  checkWeights,
  describeValue,
  type NumericArray,
} from '@brenier/errors';
import { multiplyMatrices } from '@brenier/kernels';
import type { SolveStatus } from '../solver/solver.js';
import { type Gaussian, type GaussianInput, readGaussian } from './gaussian.js';
import { symmetricPolarFactor } from './polar-factor.js';
import { recompose } from './spectral-function.js';
import { eigenOfSemidefinite } from './square-root.js';
import { largestEntry } from './symmetric-matrix.js';

/** Options of {@link gaussianBarycenter}. */
export interface GaussianBarycenterOptions {
  /** Weight of each distribution, all >= 0; only their ratios count. Default: equal. */
  readonly weights?: NumericArray;
  /** Stop where no entry of the covariance moves by more than this part of the largest. Default 1e-12. */
  readonly tolerance?: number;
  /** Most iterations. Default 1000. */
  readonly maxIterations?: number;
}

/** The answer of {@link gaussianBarycenter}. Plain data. */
export interface GaussianBarycenterResult extends Gaussian {
  /** `'converged'` or `'max-iterations'`. */
  readonly status: SolveStatus;
  /** Iterations made. */
  readonly iterations: number;
}

/**
 * The 2-Wasserstein barycenter of normal distributions: the normal distribution that minimises Σ_i w_i W2²(N_i, ·).
 *
 * Its covariance is the fixed point of S ← S^−½ (Σ_i w_i (S^½ Σ_i S^½)^½)² S^−½, which is Riemannian descent with step 1
 * and raises det S at each iteration. Exact in one iteration for one dimension or for covariances that commute. Cost per
 * iteration O(distributions · dim³).
 *
 * @param gaussians - at least one, of one dimension, each with a positive definite covariance
 * @param options - weights and when to stop
 * @returns mean and covariance, with the status
 * @throws TypeError or RangeError where shapes do not fit, numbers are not finite, weights are negative or all zero, or
 *   a covariance is not symmetric and positive definite
 *
 * @see Agueh and Carlier, Barycenters in the Wasserstein space (2011), section 6.3; Álvarez-Esteban, del Barrio,
 *   Cuesta-Albertos and Matrán, A fixed-point approach to barycenters in Wasserstein space (2016), equation (8)
 *
 * @example
 * On the line, means and standard deviations are averaged.
 * ```ts
 * import { gaussianBarycenter } from '@brenier/ot-core';
 *
 * const { mean, covariance } = gaussianBarycenter([{ mean: [0], covariance: [1] }, { mean: [4], covariance: [9] }]);
 * mean; // => Float64Array.of(2)
 * covariance; // => Float64Array.of(4)
 * ```
 */
export function gaussianBarycenter(
  gaussians: readonly GaussianInput[],
  options?: GaussianBarycenterOptions,
): GaussianBarycenterResult {
  const given = checkOptions('options', options, ['weights', 'tolerance', 'maxIterations']);
  const tolerance = checkNonNegative('tolerance', given.tolerance ?? 1e-12);
  const maxIterations = checkInteger('maxIterations', given.maxIterations ?? 1000, 1);
  const members = readMembers(gaussians);
  const roots = members.map((each) =>
    recompose(eigenOfSemidefinite('covariance', each.covariance, each.dim), Math.sqrt),
  );
  const shares = readShares(given.weights, members.length);
  const dim = members[0].dim;
  const mean = combine(
    members.map((each) => each.mean),
    shares,
  );
  let covariance = combine(
    members.map((each) => each.covariance),
    shares,
  );
  for (let iterations = 1; ; iterations++) {
    const next = improve(covariance, dim, roots, shares);
    const change = largestEntry(next.map((each, at) => each - covariance[at]));
    covariance = next;
    if (change <= tolerance * largestEntry(next)) return { mean, covariance, dim, status: 'converged', iterations };
    if (iterations === maxIterations) return { mean, covariance, dim, status: 'max-iterations', iterations };
  }
}

function readMembers(gaussians: readonly GaussianInput[]): Gaussian[] {
  if (!Array.isArray(gaussians)) {
    throw new TypeError(`"gaussians" expected an array of { mean, covariance }, got ${describeValue(gaussians)}`);
  }
  if (gaussians.length === 0) throw new RangeError('"gaussians" expected at least one, got none');
  const members = gaussians.map((each: GaussianInput, i) => readGaussian(`gaussians[${i}]`, each));
  members.forEach(({ dim, covariance }, i) => {
    if (dim !== members[0].dim) {
      throw new RangeError(`"gaussians[${i}]" expected dimension ${members[0].dim} like the first, got ${dim}`);
    }
    if (eigenOfSemidefinite(`gaussians[${i}].covariance`, covariance, dim).values[0] > 0) return;
    throw new RangeError(`"gaussians[${i}].covariance" expected a positive definite matrix, got one that is singular`);
  });
  return members;
}

function readShares(weights: NumericArray | undefined, count: number): Float64Array {
  if (weights === undefined) return new Float64Array(count).fill(1 / count);
  const given = checkWeights('weights', checkLength('weights', checkNumericArray('weights', weights), count));
  let sum = 0;
  for (let i = 0; i < count; i++) sum += given[i];
  return Float64Array.from(given, (weight) => weight / sum);
}

/** `roots` are those of the members' covariances. */
function improve(covariance: Float64Array, dim: number, roots: readonly Float64Array[], shares: Float64Array) {
  const product = (x: Float64Array, y: Float64Array) => multiplyMatrices(x, y, { rows: dim, inner: dim, columns: dim });
  const eigen = eigenOfSemidefinite('covariance', covariance, dim);
  const root = recompose(eigen, Math.sqrt);
  const inverseRoot = recompose(eigen, (value) => 1 / Math.sqrt(value));
  // (S^½ Σ_i S^½)^½, without forming the product, which would round small eigenvalues away.
  const middle = combine(
    roots.map((each) => symmetricPolarFactor(product(each, root), dim)),
    shares,
  );
  const half = product(inverseRoot, middle);
  // (S^−½ M)(S^−½ M)ᵀ: symmetric by construction.
  return multiplyMatrices(half, half, { rows: dim, inner: dim, columns: dim, transposeB: true });
}

function combine(arrays: readonly Float64Array[], shares: Float64Array): Float64Array {
  const out = new Float64Array(arrays[0].length);
  arrays.forEach((array, i) => array.forEach((each, at) => (out[at] += shares[i] * each)));
  return out;
}
