/**
 * The bridges of a reference, mixed over a Gaussian coupling of their ends: a process whose laws are Gaussian and whose drifts are
 * affine, for every coupling. With E[X₁ | X_t] in the pinned drift, the forward drift is p·X₀ + q·X₁ + noise given X_t, where all
 * factors stay finite at both ends: p = −(σ²a₁² + r v₁)a₀/V, q = σ²a₁/V − rβ, noise −(σ²a₁² + r v₁)(v₀/V) of the state's own, with a₀,
 * v₀ the transition before t, a₁, v₁ after it, and V the variance of the whole. The backward drift is the same seen from the other end.
 */
import type { Gaussian } from '@brenier/ot-core';
import { spectralFunction } from '@brenier/ot-core';
import type { Reference } from '../../reference/reference.js';
import { apply, combine, product, symmetrized, transpose } from './square-matrix.js';

/** Two Gaussian ends with their coupling. */
export interface GaussianCoupling {
  /** The law at time 0. */
  readonly source: Gaussian;
  /** The law at time 1. */
  readonly target: Gaussian;
  /** Cov(X₀, X₁), row-major, shape [dim, dim]; row i belongs to coordinate i of X₀. */
  readonly crossCovariance: Float64Array;
}

/** x ↦ matrix·(x − centre) + value. */
export interface AffineDrift {
  readonly matrix: Float64Array;
  readonly centre: Float64Array;
  readonly value: Float64Array;
}

/** The three fields that belong to a process. */
export type DriftKind = 'forward' | 'backward' | 'velocity';

/** Mean and covariance at time t. */
export function marginalOf(
  { source, target, crossCovariance }: GaussianCoupling,
  reference: Reference,
  t: number,
): Gaussian {
  const { dim } = source;
  const { alpha, beta, gamma } = reference.pinned(t);
  const covariance = combine(
    [
      [alpha * alpha, source.covariance],
      [beta * beta, target.covariance],
      [2 * alpha * beta, symmetrized(crossCovariance, dim)],
    ],
    gamma * gamma,
    dim,
  );
  return { mean: mixed(alpha, source.mean, beta, target.mean), covariance, dim };
}

/** The drift of the Markov process with the same marginals, E[pinned drift | X_t], at time t; O(dim³). */
export function affineDriftOf(
  coupling: GaussianCoupling,
  reference: Reference,
  t: number,
  kind: DriftKind,
): AffineDrift {
  const { source, target, crossCovariance } = coupling;
  const { mean, covariance, dim } = marginalOf(coupling, reference, t);
  const { alpha, beta } = reference.pinned(t);
  const { ofStart, ofEnd, ofNoise } = factorsOf(reference, t, kind);
  const moment = combine(
    [
      [ofStart * alpha, source.covariance],
      [ofEnd * beta, target.covariance],
      [ofStart * beta, crossCovariance],
      [ofEnd * alpha, transpose(crossCovariance, dim)],
    ],
    ofNoise,
    dim,
  );
  const precision = spectralFunction(covariance, dim, invert);
  return {
    matrix: product(moment, precision, dim),
    centre: mean,
    value: mixed(ofStart, source.mean, ofEnd, target.mean),
  };
}

interface DriftFactors {
  readonly ofStart: number;
  readonly ofEnd: number;
  readonly ofNoise: number;
}

/** What the drift is in terms of X₀, X₁ and the noise of the bridge between them, whose last factor is its covariance with X_t. */
function factorsOf(reference: Reference, t: number, kind: DriftKind): DriftFactors {
  if (kind === 'velocity') {
    const [f, g] = [factorsOf(reference, t, 'forward'), factorsOf(reference, t, 'backward')];
    return {
      ofStart: 0.5 * (f.ofStart - g.ofStart),
      ofEnd: 0.5 * (f.ofEnd - g.ofEnd),
      ofNoise: 0.5 * (f.ofNoise - g.ofNoise),
    };
  }
  const [before, after] = [reference.transition(0, t), reference.transition(t, 1)];
  const isForward = kind === 'forward';
  const [past, future] = isForward ? [before, after] : [after, before];
  const whole = reference.transition(0, 1).variance;
  const { alpha, beta } = reference.pinned(t);
  const square = reference.sigma * reference.sigma;
  const pull = square * future.factor * future.factor + reference.rate * future.variance;
  const ofPast = (-pull * past.factor) / whole;
  const ofFuture = (square * future.factor) / whole - reference.rate * (isForward ? beta : alpha);
  const ofNoise = (-pull * past.variance) / whole;
  return isForward ? { ofStart: ofPast, ofEnd: ofFuture, ofNoise } : { ofStart: ofFuture, ofEnd: ofPast, ofNoise };
}

/** A drift at a batch of points. */
export function writeAffine({ matrix, centre, value }: AffineDrift, x: Float64Array, out: Float64Array): void {
  const dim = centre.length;
  const offset = new Float64Array(dim);
  for (let i = 0; i < x.length; i += dim) {
    for (let k = 0; k < dim; k++) offset[k] = x[i + k] - centre[k];
    const image = apply(matrix, offset);
    for (let k = 0; k < dim; k++) out[i + k] = value[k] + image[k];
  }
}

function mixed(a: number, x: Float64Array, b: number, y: Float64Array): Float64Array {
  return x.map((each, i) => a * each + b * y[i]);
}

function invert(eigenvalue: number): number {
  if (eigenvalue > 0) return 1 / eigenvalue;
  throw new RangeError(`"t" expected a time at which the covariance is not singular, got the eigenvalue ${eigenvalue}`);
}
