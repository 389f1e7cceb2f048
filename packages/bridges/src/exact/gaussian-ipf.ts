/**
 * Iterative proportional fitting between normal distributions, exactly: Sinkhorn's method on Gaussian couplings, L. Rüschendorf, Ann.
 * Statist. 23 (1995), for IPF; V. De Bortoli, J. Thornton, J. Heng, A. Doucet, NeurIPS 2021, for bridges by it. It starts at the reference
 * itself, started from the source. Half-step 2n + 1 gives the iterate the right law at 1 and keeps X₀ given X₁; half-step 2n + 2 the
 * right law at 0. Cost O(dim³) a half-step.
 */
import { checkInteger, checkOptions } from '@brenier/errors';
import { gaussianKl } from '@brenier/metrics';
import type { Gaussian, GaussianInput } from '@brenier/ot-core';
import { spectralFunction } from '@brenier/ot-core';
import { checkReference } from '../reference/check-reference.js';
import type { Reference } from '../reference/reference.js';
import type { GaussianCoupling } from './gaussian/gaussian-process.js';
import { jointLaw } from './gaussian/joint-law.js';
import { readGaussianEnds } from './gaussian/read-ends.js';
import { apply, combine, product, symmetrized, transpose } from './gaussian/square-matrix.js';
import { bridgeCrossCovariance } from './gaussian/static-coupling.js';

/** Options of {@link gaussianIpf}. */
export interface GaussianIpfOptions {
  /** The process to start from. */
  readonly reference: Reference;
  /** Half-steps, at least 1. Default 20. */
  readonly numHalfSteps?: number;
}

/** One iterate. */
export interface GaussianIpfIterate {
  /** Its law at time 0; that of the source after an even number of half-steps. */
  readonly source: Gaussian;
  /** Its law at time 1; that of the target after an odd number. */
  readonly target: Gaussian;
  /** Cov(X₀, X₁), row-major, shape [dim, dim]. */
  readonly crossCovariance: Float64Array;
  /** KL(iterate ‖ Schrödinger bridge), in nats. */
  readonly kl: number;
  /** KL(Schrödinger bridge ‖ iterate), in nats: what every half-step makes smaller. */
  readonly reverseKl: number;
}

/**
 * The iterates of iterative proportional fitting between two normal distributions.
 *
 * @param source - the law at time 0, covariance positive definite
 * @param target - the law at time 1
 * @param options - reference and half-steps
 * @returns the reference and the iterates, `numHalfSteps + 1` in all
 * @throws TypeError or RangeError where shapes do not fit, a number is not finite, a covariance is not symmetric and positive definite, the
 *   reference is none, or an option is unknown
 *
 * @example
 * The covariance of the ends comes to 0.618 from above, where the reference itself has 1.
 * ```ts
 * import { brownian, gaussianIpf } from '@brenier/bridges';
 *
 * const end = { mean: [0], covariance: [1] };
 * const iterates = gaussianIpf(end, end, { reference: brownian(), numHalfSteps: 20 });
 * [0, 1, 20].map((k) => iterates[k].crossCovariance[0].toFixed(3)); // => ['1.000', '0.500', '0.618']
 * ```
 */
export function gaussianIpf(
  source: GaussianInput,
  target: GaussianInput,
  options: GaussianIpfOptions,
): GaussianIpfIterate[] {
  const given = checkOptions('options', options, ['reference', 'numHalfSteps']);
  const reference = checkReference('reference', given.reference);
  const numHalfSteps = checkInteger('numHalfSteps', given.numHalfSteps ?? 20, 1);
  const [first, second] = readGaussianEnds(source, target);
  const bridge = jointLaw({
    source: first,
    target: second,
    crossCovariance: bridgeCrossCovariance(first, second, reference),
  });
  let coupling = startAt(first, reference);
  const iterates = [iterateOf(coupling, bridge)];
  for (let k = 1; k <= numHalfSteps; k++) {
    coupling = k % 2 === 1 ? fitTarget(coupling, second) : reversed(fitTarget(reversed(coupling), first));
    iterates.push(iterateOf(coupling, bridge));
  }
  return iterates;
}

/** The reference started from the source. */
function startAt(source: Gaussian, reference: Reference): GaussianCoupling {
  const { factor, variance } = reference.transition(0, 1);
  const { dim, mean, covariance } = source;
  const target = {
    dim,
    mean: mean.map((each) => factor * each),
    covariance: combine([[factor * factor, covariance]], variance, dim),
  };
  return { source, target, crossCovariance: combine([[factor, covariance]], 0, dim) };
}

/** Another law at time 1, X₀ given X₁ as before: with K = C Σ₁⁻¹, X₀ gains K(m − m₁) and K(Σ − Σ₁)Kᵀ. */
function fitTarget({ source, target, crossCovariance }: GaussianCoupling, wanted: Gaussian): GaussianCoupling {
  const { dim } = source;
  const precision = spectralFunction(target.covariance, dim, (value) => 1 / value);
  const gain = product(crossCovariance, precision, dim);
  const change = combine(
    [
      [1, wanted.covariance],
      [-1, target.covariance],
    ],
    0,
    dim,
  );
  const shift = apply(
    gain,
    wanted.mean.map((each, i) => each - target.mean[i]),
  );
  const spread = product(product(gain, change, dim), gain, dim, true);
  return {
    source: {
      dim,
      mean: source.mean.map((each, i) => each + shift[i]),
      covariance: symmetrized(
        combine(
          [
            [1, source.covariance],
            [1, spread],
          ],
          0,
          dim,
        ),
        dim,
      ),
    },
    target: wanted,
    crossCovariance: product(gain, wanted.covariance, dim),
  };
}

function reversed({ source, target, crossCovariance }: GaussianCoupling): GaussianCoupling {
  return { source: target, target: source, crossCovariance: transpose(crossCovariance, source.dim) };
}

function iterateOf(coupling: GaussianCoupling, bridge: Gaussian): GaussianIpfIterate {
  const joint = jointLaw(coupling);
  return { ...coupling, kl: gaussianKl(joint, bridge).value, reverseKl: gaussianKl(bridge, joint).value };
}
