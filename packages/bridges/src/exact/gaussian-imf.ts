/**
 * Iterative Markovian fitting between normal distributions, exactly: Y. Shi, V. De Bortoli, A. Campbell, A. Doucet, Diffusion
 * Schrödinger bridge matching, NeurIPS 2023, algorithm 1; S. Peluchetti, JMLR 24 (2023). The Markovian projection of a mixture of bridges
 * has the affine drift A_t, so its ends have Cov(X₀, X₁) = Σ₀Φᵀ with Φ' = A_tΦ, Φ(0) = I; the reciprocal projection keeps that and brings the
 * bridges back. The divergence to the Schrödinger bridge is then that of the couplings. It decays geometrically (M. Gentiloni Silveri,
 * A. Conforti, A. Durmus, 2025). Cost O(dim³) for each of some hundred times an iteration.
 */
import { checkFiniteArray, checkInteger, checkLength, checkNumericArray, checkOptions } from '@brenier/errors';
import type { NumericArray } from '@brenier/errors';
import { spectralFunction, symmetricSquareRoot, type Gaussian, type GaussianInput } from '@brenier/ot-core';
import { dormandPrince, integrate } from '@brenier/samplers';
import { checkReference } from '../reference/check-reference.js';
import type { Reference } from '../reference/reference.js';
import { chainedKl, type ChainedLaw } from './gaussian/chained-law.js';
import { affineDriftOf, type GaussianCoupling } from './gaussian/gaussian-process.js';
import { readGaussianEnds } from './gaussian/read-ends.js';
import { combine, product, symmetrized, transpose } from './gaussian/square-matrix.js';
import { bridgeLaw } from './gaussian/static-coupling.js';

/** Options of {@link gaussianImf}. */
export interface GaussianImfOptions {
  /** The process whose bridges are mixed. */
  readonly reference: Reference;
  /** Iterations, at least 1. Default 10. */
  readonly numIterations?: number;
  /** Cov(X₀, X₁) to start from, row-major, shape [dim, dim]. Default: zeros, independent ends. */
  readonly crossCovariance?: NumericArray;
}

/** One iterate: a coupling of the ends, which it keeps exactly. */
export interface GaussianImfIterate {
  /** Cov(X₀, X₁), row-major, shape [dim, dim]. */
  readonly crossCovariance: Float64Array;
  /** KL(iterate ‖ Schrödinger bridge), in nats. */
  readonly kl: number;
}

/**
 * The iterates of iterative Markovian fitting between two normal distributions.
 *
 * @param source - the law at time 0, covariance positive definite
 * @param target - the law at time 1
 * @param options - reference, iterations and start
 * @returns the start and the iterates, `numIterations + 1` in all; errors of the integration are about 1e-10
 * @throws TypeError or RangeError where shapes do not fit, a number is not finite, a covariance is not symmetric and positive definite, the
 *   start is no covariance of such ends, the reference is none, or an option is unknown
 *
 * @example
 * From independent ends to 0.618, each time nearer by about the same factor.
 * ```ts
 * import { brownian, gaussianImf } from '@brenier/bridges';
 *
 * const end = { mean: [0], covariance: [1] };
 * const iterates = gaussianImf(end, end, { reference: brownian(), numIterations: 8 });
 * iterates.map(({ crossCovariance }) => crossCovariance[0].toFixed(3)).slice(0, 2); // => ['0.000', '0.546']
 * iterates[8].crossCovariance[0].toFixed(6); // => '0.618034'
 * ```
 */
export function gaussianImf(
  source: GaussianInput,
  target: GaussianInput,
  options: GaussianImfOptions,
): GaussianImfIterate[] {
  const given = checkOptions('options', options, ['reference', 'numIterations', 'crossCovariance']);
  const reference = checkReference('reference', given.reference);
  const numIterations = checkInteger('numIterations', given.numIterations ?? 10, 1);
  const [first, second] = readGaussianEnds(source, target);
  const bridge = bridgeLaw(first, second, reference);
  const start = readStart(given.crossCovariance, first, second);
  let coupling: GaussianCoupling = { source: first, target: second, crossCovariance: start.crossCovariance };
  const iterates: GaussianImfIterate[] = [{ crossCovariance: start.crossCovariance, kl: chainedKl(start.law, bridge) }];
  for (let k = 0; k < numIterations; k++) {
    const law = markovProjection(coupling, reference);
    const crossCovariance = product(first.covariance, law.slope, first.dim, true);
    coupling = { ...coupling, crossCovariance };
    iterates.push({ crossCovariance, kl: chainedKl(law, bridge) });
  }
  return iterates;
}

/** Rounding leaves eigenvalues of this size to a singular matrix. */
const SINGULAR = 1e-14;

function readStart(given: NumericArray | undefined, source: Gaussian, target: Gaussian) {
  const { dim } = source;
  const name = 'crossCovariance';
  const entries = given ?? new Float64Array(dim * dim);
  checkFiniteArray(name, checkLength(name, checkNumericArray(name, entries), dim * dim));
  const crossCovariance = Float64Array.from(entries);
  const precision = spectralFunction(source.covariance, dim, (value) => 1 / value);
  const slope = product(transpose(crossCovariance, dim), precision, dim);
  // Cov(X₁ | X₀) in units of Σ₁: 1 less the squares of the canonical correlations.
  const whitening = spectralFunction(target.covariance, dim, (value) => 1 / Math.sqrt(value));
  const explained = product(product(whitening, product(slope, crossCovariance, dim), dim), whitening, dim);
  const unexplained = spectralFunction(combine([[-1, symmetrized(explained, dim)]], 1, dim), dim, (value) => {
    if (value >= -1e-8) return value < SINGULAR ? 0 : value;
    throw new RangeError(
      `"${name}" expected correlations of at most 1 between such ends, got the correlation ${Math.sqrt(1 - value)}`,
    );
  });
  const root = symmetricSquareRoot(target.covariance, dim);
  const residual = symmetrized(product(product(root, unexplained, dim), root, dim), dim);
  return { crossCovariance, law: { start: source, endMean: target.mean, slope, residual } };
}

/**
 * The ends of the Markov process with the drifts of a mixture of bridges: slope Φ, and residual V with V' = AV + VAᵀ + σ²I, V(0) = 0, in a unit of
 * its own size. As σ → 0, Σ₁ − ΦΣ₀Φᵀ has none of the digits that V has.
 */
function markovProjection(coupling: GaussianCoupling, reference: Reference): ChainedLaw {
  const { source, target } = coupling;
  const { dim } = source;
  const size = dim * dim;
  const noise = reference.sigma * reference.sigma;
  const unit = Math.min(noise, target.covariance[0]);
  const linear = {
    dim: 2 * size,
    evaluate(x: Float64Array, t: number, out: Float64Array) {
      const { matrix } = affineDriftOf(coupling, reference, t, 'forward');
      out.set(product(matrix, x.subarray(0, size), dim));
      const half = product(matrix, x.subarray(size), dim);
      out.set(
        combine(
          [
            [1, half],
            [1, transpose(half, dim)],
          ],
          noise / unit,
          dim,
        ),
        size,
      );
    },
  };
  const start = new Float64Array(2 * size);
  start.set(combine([], 1, dim));
  const method = dormandPrince({ absoluteTolerance: 1e-11, relativeTolerance: 1e-11 });
  const { final } = integrate(linear, start, { method });
  const residual = final.slice(size).map((each) => unit * each);
  return { start: source, endMean: target.mean, slope: final.slice(0, size), residual: symmetrized(residual, dim) };
}
