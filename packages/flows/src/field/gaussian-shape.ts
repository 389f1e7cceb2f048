/**
 * The Gaussian deviations of X_t = αX₀ + βX₁ + γε from their mean at one time, by a QR factorisation.
 *
 * With (X₀, X₁) = mean + L z, the deviation of X_t is M (z, ε) with M = [αL₀ + βL₁, γI], and that of its velocity is M'(z, ε). Hence
 * Σ_t = MMᵀ = RᵀR for the triangle R of Mᵀ, and E[velocity | X_t] is K times the deviation with K = M'M⁺, a problem of least squares.
 * Covariances are never formed: the error grows with the condition number of M, the root of that of Σ_t, so that a path may end in a
 * point or a plane and is accurate until there. Cost O(dim³) a time.
 */
import { log } from '@brenier/elementary';
import type { GaussianEnds } from './joint-gaussian.js';
import type { PathValues } from './path-values.js';

/** What {@link moveShape} computes, in arrays that it overwrites. */
export interface GaussianShape {
  readonly dim: number;
  /** R, upper triangular, row-major, shape [dim, dim]. */
  readonly root: Float64Array;
  /** K, row-major, shape [dim, dim]. */
  readonly gain: Float64Array;
  /** ½ log det Σ_t. */
  logRootDeterminant: number;
  /** [L₀, L₁] as columns of reflections: see {@link moveShape}. */
  readonly ends: GaussianEnds;
  /** Mᵀ beside M'ᵀ, shape [rank + dim, 2·dim]. */
  readonly work: Float64Array;
}

/** Below it squares of whitened points overflow. */
const SMALLEST_SPREAD = 1e-140;

/** Room for one joint covariance. */
export function createShape(ends: GaussianEnds): GaussianShape {
  const { dim, factor } = ends;
  return {
    dim,
    root: new Float64Array(dim * dim),
    gain: new Float64Array(dim * dim),
    logRootDeterminant: 0,
    ends,
    work: new Float64Array((factor.rank + dim) * 2 * dim),
  };
}

/** Moves a shape to one time. */
export function moveShape(shape: GaussianShape, values: PathValues, t: number): void {
  const rows = fillWork(shape, values);
  shape.logRootDeterminant = 0;
  for (let k = 0; k < shape.dim; k++) {
    const length = reflectColumn(shape, rows, k);
    if (!(length > leastSpread(shape, values, rows, k))) {
      throw new RangeError(
        `"t" expected a time at which X_t has a density, got ${t}: there X_t lies in a point or a plane`,
      );
    }
    shape.logRootDeterminant += log(length);
  }
  solveGain(shape, values);
}

/** Writes Mᵀ and M'ᵀ and returns their number of rows. Those of the noise are left out where γ = 0. */
function fillWork({ dim, ends, work }: GaussianShape, values: PathValues): number {
  const { alpha, beta, gamma, dAlpha, dBeta, noiseRate } = values;
  const { rows: factor, rank } = ends.factor;
  work.fill(0);
  for (let z = 0; z < rank; z++) {
    for (let k = 0; k < dim; k++) {
      const [start, end] = [factor[k * rank + z], factor[(dim + k) * rank + z]];
      work[z * 2 * dim + k] = alpha * start + beta * end;
      work[z * 2 * dim + dim + k] = dAlpha * start + dBeta * end;
    }
  }
  if (gamma === 0) return rank;
  for (let k = 0; k < dim; k++) {
    work[(rank + k) * 2 * dim + k] = gamma;
    work[(rank + k) * 2 * dim + dim + k] = noiseRate / gamma;
  }
  return rank + dim;
}

/** One Householder reflection, which leaves in column k nothing below the diagonal; returns the length of what was there. */
function reflectColumn({ dim, work }: GaussianShape, rows: number, k: number): number {
  const columns = 2 * dim;
  if (k >= rows) return 0;
  let largest = 0;
  for (let i = k; i < rows; i++) largest = Math.max(largest, Math.abs(work[i * columns + k]));
  if (!(largest > 0)) return 0;
  let sum = 0;
  for (let i = k; i < rows; i++) {
    const scaled = work[i * columns + k] / largest;
    sum += scaled * scaled;
  }
  const length = largest * Math.sqrt(sum);
  const diagonal = work[k * columns + k];
  const image = diagonal > 0 ? -length : length;
  // v = column − image·e_k, stored in the column; H = I − v vᵀ / (image·(image − diagonal)).
  work[k * columns + k] = diagonal - image;
  for (let j = k + 1; j < columns; j++) {
    let product = 0;
    for (let i = k; i < rows; i++) product += (work[i * columns + k] / length) * work[i * columns + j];
    const factor = product / ((image - diagonal) * (image / length));
    for (let i = k; i < rows; i++) work[i * columns + j] -= factor * work[i * columns + k];
  }
  work[k * columns + k] = image;
  return length;
}

/** The rounding of coordinate k: a spread that is not above it is none. */
function leastSpread({ dim, ends }: GaussianShape, values: PathValues, rows: number, k: number): number {
  const sd0 = Math.sqrt(ends.covariance[k * (2 * dim + 1)]);
  const sd1 = Math.sqrt(ends.covariance[(dim + k) * (2 * dim + 1)]);
  const scale = Math.abs(values.alpha) * sd0 + Math.abs(values.beta) * sd1 + Math.abs(values.gamma);
  return Math.max(SMALLEST_SPREAD, 4 * rows * Number.EPSILON * scale);
}

/** Kᵀ = R⁻¹ (QᵀM'ᵀ), plus ½(γ²)' Σ_t⁻¹ where the noise sets in and has no rows yet. */
function solveGain({ dim, root, gain, work }: GaussianShape, { gamma, noiseRate }: PathValues): void {
  for (let i = 0; i < dim; i++) {
    for (let j = 0; j < dim; j++) root[i * dim + j] = j < i ? 0 : work[i * 2 * dim + j];
  }
  const column = new Float64Array(dim);
  for (let i = 0; i < dim; i++) {
    for (let j = 0; j < dim; j++) column[j] = work[j * 2 * dim + dim + i];
    solveRoot(root, column, 0, dim);
    gain.set(column, i * dim);
  }
  if (gamma !== 0 || noiseRate === 0) return;
  for (let i = 0; i < dim; i++) {
    column.fill(0);
    column[i] = 1;
    solveTransposedRoot(root, column, 0, dim);
    solveRoot(root, column, 0, dim);
    for (let j = 0; j < dim; j++) gain[i * dim + j] += noiseRate * column[j];
  }
}

/** y ← R⁻¹y for the vector that begins at `at`. */
export function solveRoot(root: Float64Array, y: Float64Array, at: number, dim: number): void {
  for (let i = dim - 1; i >= 0; i--) {
    let sum = y[at + i];
    for (let j = i + 1; j < dim; j++) sum -= root[i * dim + j] * y[at + j];
    y[at + i] = sum / root[i * dim + i];
  }
}

/** y ← R⁻ᵀy for the vector that begins at `at`: what whitens a deviation. */
export function solveTransposedRoot(root: Float64Array, y: Float64Array, at: number, dim: number): void {
  for (let i = 0; i < dim; i++) {
    let sum = y[at + i];
    for (let j = 0; j < i; j++) sum -= root[j * dim + i] * y[at + j];
    y[at + i] = sum / root[i * dim + i];
  }
}
