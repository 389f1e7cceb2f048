/**
 * The path energy of the probability flow between normal laws, E‖v‖² = ‖E v‖² + tr(AΣAᵀ) integrated over time. An end of covariance Σ makes
 * it vary within λ/σ² of its time, where λ is the least eigenvalue, and a rate within 1/rate: so panels halve towards both ends until they are as
 * short as that. On each the poles are at least its own length away, and n nodes of Gauss–Legendre leave an error of 5.8^(−2n).
 */
import { symmetricEigen } from '@brenier/ot-core';
import type { Reference } from '../../reference/reference.js';
import { gaussLegendre, type Quadrature } from '../gauss-legendre.js';
import { affineDriftOf, type GaussianCoupling, marginalOf } from './gaussian-process.js';
import { product, transpose } from './square-matrix.js';

/** ∫₀¹E‖v‖²dt; O(dim³) for each of 20 log₂(1/layer) times. */
export function flowEnergy(coupling: GaussianCoupling, reference: Reference): number {
  const { source, target, crossCovariance } = coupling;
  const reversed = { source: target, target: source, crossCovariance: transpose(crossCovariance, source.dim) };
  // The reference is reversible: seen from the other end the flow is the same with the opposite sign, and times near 1 keep their digits.
  const quadrature = gaussLegendre(10);
  return firstHalf(coupling, reference, quadrature) + firstHalf(reversed, reference, quadrature);
}

function firstHalf(coupling: GaussianCoupling, reference: Reference, { nodes, weights }: Quadrature): number {
  const layer = layerOf(coupling, reference);
  let energy = 0;
  for (let end = 0.5; end > 0;) {
    const start = end > layer ? 0.5 * end : 0;
    nodes.forEach((node, k) => {
      energy += (end - start) * weights[k] * squaredVelocity(coupling, reference, start + (end - start) * node);
    });
    end = start;
  }
  return energy;
}

/** The time near 0 within which the covariance does not become singular, in the complex plane either, nor the reference forget. */
function layerOf({ source, target }: GaussianCoupling, { sigma, rate }: Reference): number {
  const [first, last] = [source, target].map(({ covariance, dim }) => symmetricEigen(covariance, dim).values);
  const [widest, other] = [first[first.length - 1], last[last.length - 1]];
  const change = sigma * sigma + 2 * Math.sqrt(widest * other) + 2 * widest;
  return 1 / (change / first[0] + rate);
}

function squaredVelocity(coupling: GaussianCoupling, reference: Reference, t: number): number {
  const { matrix, value } = affineDriftOf(coupling, reference, t, 'velocity');
  const image = product(matrix, marginalOf(coupling, reference, t).covariance, coupling.source.dim);
  let square = 0;
  for (const each of value) square += each * each;
  for (let i = 0; i < matrix.length; i++) square += image[i] * matrix[i];
  return square;
}
