// The optimal transport map between normal distributions, and affine maps in general.
import { checkFiniteArray, checkLength, describeValue } from '@brenier/errors';
import { multiplyMatrices } from '@brenier/kernels';
import { asPointCloud, type PointsInput } from '../geometry/as-point-cloud.js';
import type { PointCloud } from '../geometry/geometry.js';
import { type GaussianInput, readGaussianPair } from './gaussian.js';
import { symmetricPolarFactor } from './polar-factor.js';
import { recompose } from './spectral-function.js';
import { eigenOfSemidefinite } from './square-root.js';

/** The map x ↦ `to` + `matrix` · (x − `from`). Plain data. */
export interface AffineMap {
  /** The linear part, row-major, shape [dim, dim]. */
  readonly matrix: Float64Array;
  /** The point that is mapped to `to`, shape [dim]. */
  readonly from: Float64Array;
  /** The image of `from`, shape [dim]. */
  readonly to: Float64Array;
}

/**
 * The optimal transport map from one normal distribution to another, for ‖x−y‖²: x ↦ m_q + A (x − m_p) with
 * A = Σ_p^−½ (Σ_p^½ Σ_q Σ_p^½)^½ Σ_p^−½.
 *
 * A is symmetric and positive semidefinite: the map is the gradient of a convex function. The target may be singular,
 * even a single point. Cost O(dim³); relative error about 1e-16 times the condition number of Σ_p.
 *
 * @param p - the source, with a positive definite covariance
 * @param q - the target, of the same dimension
 * @returns the map, for {@link applyAffineMap}
 * @throws TypeError or RangeError where shapes do not fit, a number is not finite, or a covariance is not symmetric and
 *   positive semidefinite; RangeError where that of `p` is singular to working precision, for then there need be no map
 *
 * @see Peyré and Cuturi, Computational Optimal Transport (2019), equation (2.40)
 *
 * @example
 * Stretch one axis by two and the other by three.
 * ```ts
 * import { applyAffineMap, gaussianMap } from '@brenier/ot-core';
 *
 * const map = gaussianMap({ mean: [0, 0], covariance: [1, 0, 0, 1] }, { mean: [5, 5], covariance: [4, 0, 0, 9] });
 * applyAffineMap(map, [[1, 1]]).points; // => Float64Array.of(7, 8)
 * ```
 */
export function gaussianMap(p: GaussianInput, q: GaussianInput): AffineMap {
  const [source, target] = readGaussianPair(p, q);
  const dim = source.dim;
  const shape = { rows: dim, inner: dim, columns: dim };
  const product = (x: Float64Array, y: Float64Array) => multiplyMatrices(x, y, shape);
  const eigen = eigenOfSemidefinite('p.covariance', source.covariance, dim);
  if (eigen.values[0] === 0) {
    throw new RangeError('"p.covariance" expected a positive definite matrix, got one that is singular');
  }
  const root = recompose(eigen, Math.sqrt);
  const inverseRoot = recompose(eigen, (value) => 1 / Math.sqrt(value));
  const rootOfQ = recompose(eigenOfSemidefinite('q.covariance', target.covariance, dim), Math.sqrt);
  const middle = symmetricPolarFactor(product(rootOfQ, root), dim);
  const matrix = product(product(inverseRoot, middle), inverseRoot);
  return { matrix, from: source.mean, to: target.mean };
}

/**
 * Moves points by an affine map.
 *
 * Differences to `from` are formed first, so a common offset of the points costs no digits. Cost O(count · dim²).
 *
 * @param map - for instance from {@link gaussianMap}
 * @param points - shape [count, dim], in any form of {@link PointsInput}; a flat array is read by the map's dimension
 * @returns the images, shape [count, dim]
 * @throws TypeError or RangeError where the map or the points are not valid, or their dimensions differ
 *
 * @example
 * A reflection at the point 1 of the line.
 * ```ts
 * import { applyAffineMap } from '@brenier/ot-core';
 *
 * const map = { matrix: Float64Array.of(-1), from: Float64Array.of(1), to: Float64Array.of(1) };
 * applyAffineMap(map, [0, 3]).points; // => Float64Array.of(2, -1)
 * ```
 */
export function applyAffineMap(map: AffineMap, points: PointsInput): PointCloud {
  const { matrix, from, to } = checkAffineMap(map);
  const dim = from.length;
  const { points: x, count } = asPointCloud('points', points, dim);
  for (let at = 0; at < x.length; at++) x[at] -= from[at % dim];
  const moved = multiplyMatrices(x, matrix, { rows: count, inner: dim, columns: dim, transposeB: true });
  for (let at = 0; at < moved.length; at++) moved[at] += to[at % dim];
  return { points: moved, count, dim };
}

function checkAffineMap(map: AffineMap): AffineMap {
  for (const key of ['matrix', 'from', 'to'] as const) {
    if (map?.[key] instanceof Float64Array) continue;
    throw new TypeError(`"map.${key}" expected a Float64Array, got ${describeValue(map?.[key])}`);
  }
  const dim = map.from.length;
  checkFiniteArray('map.from', map.from);
  checkFiniteArray('map.to', checkLength('map.to', map.to, dim));
  checkFiniteArray('map.matrix', checkLength('map.matrix', map.matrix, dim * dim));
  return map;
}
