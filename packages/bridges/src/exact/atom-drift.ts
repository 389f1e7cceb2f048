/**
 * The drift of a bridge whose end is a weighted cloud: the pinned drift at the mean of the atoms under their posterior weights,
 * wⱼ N(yⱼ; a x, v) forwards and wᵢ N(x; a xᵢ, v) in reversed time. Weights are taken relative to the largest, so no time is too near the end.
 * Cost O(atoms · dim) a point, with an exponential for each atom.
 */
import { exp } from '@brenier/elementary';
import type { PointCloud } from '@brenier/ot-core';
import type { ArrayField } from '@brenier/samplers';
import { backwardPinnedDrift, forwardPinnedDrift } from '../reference/pinned-drift.js';
import type { Reference } from '../reference/reference.js';

/** The drift towards atoms with logarithmic weights; `'forward'` to the end, `'backward'` to the start. */
export function atomDrift(
  reference: Reference,
  atoms: PointCloud,
  logWeights: Float64Array,
  direction: 'forward' | 'backward',
): ArrayField {
  const { dim, count } = atoms;
  const weights = new Float64Array(count);
  const isForward = direction === 'forward';
  const at = (t: number) => ({
    pinned: isForward ? forwardPinnedDrift(reference, t) : backwardPinnedDrift(reference, t),
    ...(isForward ? reference.transition(t, 1) : reference.transition(0, t)),
  });
  const posterior = (x: Float64Array, first: number, factor: number, variance: number): void => {
    const [ofState, ofAtom] = isForward ? [factor, 1] : [1, factor];
    fillPosterior(weights, logWeights, atoms, x, first, ofState, ofAtom, variance);
  };
  const mean = new Float64Array(dim);
  return {
    dim,
    evaluate(x, t, out) {
      const { pinned, factor, variance } = at(t);
      for (let i = 0; i < x.length; i += dim) {
        posterior(x, i, factor, variance);
        writeMean(mean, weights, atoms.points, () => 1);
        for (let k = 0; k < dim; k++) out[i + k] = pinned.state * x[i + k] + pinned.end * mean[k];
      }
    },
    jacobianProduct(x, t, u, out) {
      const { pinned, factor, variance } = at(t);
      const tilted = new Float64Array(dim);
      for (let i = 0; i < x.length; i += dim) {
        posterior(x, i, factor, variance);
        writeMean(mean, weights, atoms.points, () => 1);
        // ∂E[Y | x]/∂x u = (a/v) Cov(Y | x) u.
        writeMean(tilted, weights, atoms.points, (j) => {
          let sum = 0;
          for (let k = 0; k < dim; k++) sum += (atoms.points[j * dim + k] - mean[k]) * u[i + k];
          return sum;
        });
        const gain = (pinned.end * factor) / variance;
        for (let k = 0; k < dim; k++) out[i + k] = pinned.state * u[i + k] + gain * tilted[k];
      }
    },
  };
}

/** Posterior weights of the atoms, of sum 1. */
function fillPosterior(
  weights: Float64Array,
  logWeights: Float64Array,
  { points, dim }: PointCloud,
  x: Float64Array,
  first: number,
  ofState: number,
  ofAtom: number,
  variance: number,
): void {
  let top = -Infinity;
  for (let j = 0; j < weights.length; j++) {
    let square = 0;
    for (let k = 0; k < dim; k++) {
      const difference = ofAtom * points[j * dim + k] - ofState * x[first + k];
      square += difference * difference;
    }
    weights[j] = logWeights[j] - (0.5 * square) / variance;
    top = Math.max(top, weights[j]);
  }
  let sum = 0;
  for (let j = 0; j < weights.length; j++) sum += weights[j] = exp(weights[j] - top);
  for (let j = 0; j < weights.length; j++) weights[j] /= sum;
}

/** Σⱼ weightⱼ · scale(j) · yⱼ. */
function writeMean(out: Float64Array, weights: Float64Array, points: Float64Array, scale: (j: number) => number): void {
  const dim = out.length;
  out.fill(0);
  for (let j = 0; j < weights.length; j++) {
    if (weights[j] === 0) continue;
    const weight = weights[j] * scale(j);
    for (let k = 0; k < dim; k++) out[k] += weight * points[j * dim + k];
  }
}
