/**
 * The Schrödinger bridge between two normal distributions in closed form: Y. Chen, T. Georgiou, M. Pavon, J. Optim. Theory Appl. 169
 * (2016); A. Mallasto, A. Gerolin, H. Q. Minh, Entropy-regularized 2-Wasserstein distance between Gaussian measures, Inf. Geom. (2022);
 * C. Bunne, Y.-P. Hsieh, M. Cuturi, A. Krause, The Schrödinger bridge between Gaussian measures has a closed form, AISTATS 2023. Of the
 * reference only a = factor and v = variance of its transition count: the coupling is that of Brownian motion with v/a for σ². Cost
 * O(dim³) here and at each new time, O(dim²) a point.
 */
import { checkOptions, checkWithin } from '@brenier/errors';
import type { Gaussian, GaussianInput } from '@brenier/ot-core';
import type { ArrayField } from '@brenier/samplers';
import { checkReference } from '../reference/check-reference.js';
import type { Reference } from '../reference/reference.js';
import {
  type AffineDrift,
  affineDriftOf,
  type DriftKind,
  type GaussianCoupling,
  marginalOf,
  writeAffine,
} from './gaussian/gaussian-process.js';
import { flowEnergy } from './gaussian/flow-energy.js';
import { readGaussianEnds } from './gaussian/read-ends.js';
import { apply } from './gaussian/square-matrix.js';
import { bridgeCrossCovariance, bridgeKl } from './gaussian/static-coupling.js';

/** Options of {@link gaussianBridge}. */
export interface GaussianBridgeOptions {
  /** The process that the bridge is nearest to. */
  readonly reference: Reference;
}

/** The bridge between two normal distributions. */
export interface GaussianBridge {
  /** The process that it is nearest to. */
  readonly reference: Reference;
  /** The law at time 0. */
  readonly source: Gaussian;
  /** The law at time 1. */
  readonly target: Gaussian;
  /** Cov(X₀, X₁), row-major, shape [dim, dim]. */
  readonly crossCovariance: Float64Array;
  /** KL(bridge ‖ reference started from the source), in nats. */
  readonly kl: number;
  /** Drift forwards in time, at any t in [0, 1]. */
  readonly forward: ArrayField;
  /** Drift in reversed time, as a function of the forward t. */
  readonly backward: ArrayField;
  /** Velocity of the probability flow, (forward − backward)/2. */
  readonly velocity: ArrayField;
  /** ∫₀¹E‖velocity‖²dt, to 1e-9 of itself. */
  readonly pathEnergy: number;
  /**
   * The law of X_t.
   *
   * @param t - the time, in [0, 1]
   * @returns mean and covariance, in fresh arrays
   */
  marginal(t: number): Gaussian;
}

/**
 * The Schrödinger bridge between two normal distributions.
 *
 * @param source - the law at time 0: mean, shape [dim], and covariance, shape [dim, dim], positive definite
 * @param target - the law at time 1
 * @param options - the reference
 * @returns coupling, laws, drifts, flow, energy and divergence; O(dim³) for each of some hundred times, the more the narrower an end or the
 *   larger σ and the rate
 * @throws TypeError or RangeError where shapes do not fit, a number is not finite, a covariance is not symmetric and positive definite,
 *   the reference is none, or an option is unknown
 *
 * @example
 * Standard normal ends at σ = 1: the covariance of the ends is the golden ratio less 1.
 * ```ts
 * import { brownian, gaussianBridge } from '@brenier/bridges';
 *
 * const end = { mean: [0], covariance: [1] };
 * const bridge = gaussianBridge(end, end, { reference: brownian({ sigma: 1 }) });
 * bridge.crossCovariance[0].toFixed(6); // => '0.618034'
 * bridge.marginal(0.5).covariance[0].toFixed(6); // => '1.059017'
 * ```
 */
export function gaussianBridge(
  source: GaussianInput,
  target: GaussianInput,
  options: GaussianBridgeOptions,
): GaussianBridge {
  const reference = checkReference('reference', checkOptions('options', options, ['reference']).reference);
  const [first, second] = readGaussianEnds(source, target);
  const crossCovariance = bridgeCrossCovariance(first, second, reference);
  const coupling = { source: first, target: second, crossCovariance };
  const field = (kind: DriftKind): ArrayField => affineField(coupling, reference, kind);
  return {
    reference,
    ...coupling,
    kl: bridgeKl(first, second, reference, crossCovariance),
    forward: field('forward'),
    backward: field('backward'),
    velocity: field('velocity'),
    pathEnergy: flowEnergy(coupling, reference),
    marginal: (t) => marginalOf(coupling, reference, checkWithin('t', t, 0, 1)),
  };
}

/** The field of a drift, whose matrix is kept until another time is asked for. */
function affineField(coupling: GaussianCoupling, reference: Reference, kind: DriftKind): ArrayField {
  let known: { t: number; drift: AffineDrift } | undefined;
  const at = (t: number): AffineDrift => {
    if (known?.t !== t) known = { t, drift: affineDriftOf(coupling, reference, checkWithin('t', t, 0, 1), kind) };
    return known.drift;
  };
  const { dim } = coupling.source;
  return {
    dim,
    evaluate: (x, t, out) => writeAffine(at(t), x, out),
    jacobianProduct(_x, t, u, out) {
      const { matrix } = at(t);
      for (let i = 0; i < u.length; i += dim) out.set(apply(matrix, u.subarray(i, i + dim)), i);
    },
  };
}
