/**
 * Iterative proportional fitting between normal distributions, exactly: Sinkhorn's method on Gaussian couplings, L. Rüschendorf, Ann.
 * Statist. 23 (1995), for IPF; V. De Bortoli, J. Thornton, J. Heng, A. Doucet, NeurIPS 2021, for bridges by it. It starts at the reference
 * itself, started from the source. Half-step 2n + 1 gives the iterate the right law at 1 and keeps X₀ given X₁; half-step 2n + 2 the
 * right law at 0. Cost O(dim³) a half-step.
 */
import { checkInteger, checkOptions } from '@brenier/errors';
import type { Gaussian, GaussianInput } from '@brenier/ot-core';
import { spectralFunction } from '@brenier/ot-core';
import { checkReference } from '../reference/check-reference.js';
import type { Reference } from '../reference/reference.js';
import { chainedKl, type ChainedLaw } from './gaussian/chained-law.js';
import type { GaussianCoupling } from './gaussian/gaussian-process.js';
import { readGaussianEnds } from './gaussian/read-ends.js';
import { apply, combine, product, symmetrized, transpose } from './gaussian/square-matrix.js';
import { bridgeLaw, effectiveNoise } from './gaussian/static-coupling.js';

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
  const bridge = bridgeLaw(first, second, reference);
  const noise = effectiveNoise(reference);
  let plan = startAt(first, reference);
  const iterates = [iterateOf(plan, noise, bridge)];
  for (let k = 1; k <= numHalfSteps; k++) {
    plan = k % 2 === 1 ? fitTarget(plan, second, noise) : reversed(fitTarget(reversed(plan), first, noise));
    iterates.push(iterateOf(plan, noise, bridge));
  }
  return iterates;
}

/**
 * An iterate by its conditional covariances. The law of both ends is f(x₀)·exp(x₀·x₁/s)·g(x₁) always, so that each is s times the slope of the
 * mean of one end on the other, and their inverses differ from those of the marginals by 1/s² times the other one.
 */
interface Plan extends GaussianCoupling {
  /** Cov(X₁ | X₀), shape [dim, dim]. */
  readonly forward: Float64Array;
  /** Cov(X₀ | X₁), shape [dim, dim]. */
  readonly backward: Float64Array;
}

/** The reference started from the source. */
function startAt(source: Gaussian, reference: Reference): Plan {
  const { factor, variance } = reference.transition(0, 1);
  const { dim, mean, covariance } = source;
  const target = {
    dim,
    mean: mean.map((each) => factor * each),
    covariance: combine([[factor * factor, covariance]], variance, dim),
  };
  const forward = combine([], variance, dim);
  const backward = conditional(covariance, forward, effectiveNoise(reference), dim);
  return { source, target, crossCovariance: combine([[factor, covariance]], 0, dim), forward, backward };
}

/** Another law at time 1, X₀ given X₁ as before: with the slope K of X₀ on X₁, X₀ gains K(m − m₁) and has B + KΣKᵀ. */
function fitTarget({ source, target, backward }: Plan, wanted: Gaussian, noise: number): Plan {
  const { dim } = source;
  const slope = backward.map((each) => each / noise);
  const shift = apply(
    slope,
    wanted.mean.map((each, i) => each - target.mean[i]),
  );
  const crossCovariance = product(slope, wanted.covariance, dim);
  const spread = product(crossCovariance, slope, dim, true);
  const covariance = symmetrized(
    backward.map((each, i) => each + spread[i]),
    dim,
  );
  return {
    source: { dim, mean: source.mean.map((each, i) => each + shift[i]), covariance },
    target: wanted,
    crossCovariance,
    forward: conditional(wanted.covariance, backward, noise, dim),
    backward,
  };
}

/** (Σ⁻¹ + B/s²)⁻¹: the covariance of an end of covariance Σ given the other, where B is that of the other given this one. */
function conditional(covariance: Float64Array, other: Float64Array, noise: number, dim: number): Float64Array {
  const precision = spectralFunction(covariance, dim, (value) => 1 / value);
  return spectralFunction(
    precision.map((each, i) => each + other[i] / noise / noise),
    dim,
    (value) => 1 / value,
  );
}

function reversed({ source, target, crossCovariance, forward, backward }: Plan): Plan {
  return {
    source: target,
    target: source,
    crossCovariance: transpose(crossCovariance, source.dim),
    forward: backward,
    backward: forward,
  };
}

function iterateOf(
  { source, target, crossCovariance, forward }: Plan,
  noise: number,
  bridge: ChainedLaw,
): GaussianIpfIterate {
  const slope = forward.map((each) => each / noise);
  const law = { start: source, endMean: target.mean, slope, residual: forward };
  return { source, target, crossCovariance, kl: chainedKl(law, bridge), reverseKl: chainedKl(bridge, law) };
}
