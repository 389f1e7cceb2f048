// Feasible potentials that need no solver: what a solve that was stopped early can always promise.
//
// Squared Euclidean cost, with x̄ and ȳ the means and δ = x̄ − ȳ: |x − y|² ≥ |δ|² + 2 δ·(x − x̄) − 2 δ·(y − ȳ), so the cost
// is at least |δ|². Euclidean, with u = δ/|δ|: |x − y| ≥ |δ| + u·(x − x̄) − u·(y − ȳ). Powers of p-norms: norm-potentials.ts.
// Matrix: the least costs of the rows.
import type { MatrixGeometry, PointCloud, PointCloudGeometry } from '../../geometry/geometry.js';
import { rangeOfAllowedCosts } from '../../geometry/forbidden-pairs.js';
import { costOfOffset } from '../../geometry/norm-cost.js';
import type { TransportProblem } from '../../problem/transport-problem.js';
import { metricPotentials, tangentOfNorm } from './norm-potentials.js';

/** Potentials of all rows and columns. */
export interface Potentials {
  readonly f: Float64Array;
  readonly g: Float64Array;
}

/** Tangent potentials at the means, or least costs of rows. O((rows + columns) · dim), O(rows · columns) for a matrix. */
export function simplePotentials({ geometry, a, b, mass }: TransportProblem): Potentials {
  return geometry.kind === 'matrix' ? leastCosts(geometry, b) : tangents(geometry, a, b, mass);
}

/** No |c_ij| of an allowed pair is larger: the diagonal of the box around all points, or the entries of a matrix. */
export function largestCostBound({ geometry }: TransportProblem): number {
  if (geometry.kind === 'matrix') {
    const [low, high] = rangeOfAllowedCosts(geometry);
    return Math.max(-low, high);
  }
  const { x, y, cost } = geometry;
  const low = x.points.slice(0, x.dim);
  const high = low.slice();
  for (const { points, count, dim } of [x, y]) {
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < dim; k++) {
        const value = points[i * dim + k];
        if (value < low[k]) low[k] = value;
        if (value > high[k]) high[k] = value;
      }
    }
  }
  return costOfOffset(
    cost,
    low.map((each, k) => high[k] - each),
  );
}

function tangents(geometry: PointCloudGeometry, a: Float64Array, b: Float64Array, mass: number): Potentials {
  const { x, y, cost } = geometry;
  const meanOfX = meanOf(x, a, mass);
  const meanOfY = meanOf(y, b, mass);
  const slope = meanOfX.map((each, k) => each - meanOfY[k]);
  if (typeof cost === 'object') {
    if (cost.power < 1) return metricPotentials(geometry, cost, [a, b], [meanOfX, meanOfY]);
    const { constant, gradient } = tangentOfNorm(cost, slope);
    return { f: along(x, meanOfX, gradient, 1, constant), g: along(y, meanOfY, gradient, -1, 0) };
  }
  const squared = slope.reduce((sum, each) => sum + each * each, 0);
  const isSquared = cost === 'squared-euclidean';
  const constant = isSquared ? squared : Math.sqrt(squared);
  const factor = isSquared ? 2 : squared > 0 ? 1 / constant : 0;
  return {
    f: along(x, meanOfX, slope, factor, constant),
    g: along(y, meanOfY, slope, -factor, 0),
  };
}

/** The weighted mean, relative to the first point: a common offset costs no digits. */
function meanOf({ points, count, dim }: PointCloud, weights: Float64Array, mass: number): Float64Array {
  const mean = new Float64Array(dim);
  for (let i = 0; i < count; i++) {
    const share = weights[i] / mass;
    for (let k = 0; k < dim; k++) mean[k] += share * (points[i * dim + k] - points[k]);
  }
  return mean.map((each, k) => points[k] + each);
}

function along(
  { points, count, dim }: PointCloud,
  mean: Float64Array,
  slope: Float64Array,
  factor: number,
  constant: number,
): Float64Array {
  const potential = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let product = 0;
    for (let k = 0; k < dim; k++) product += slope[k] * (points[i * dim + k] - mean[k]);
    potential[i] = constant + factor * product;
  }
  return potential;
}

/** f_i over the columns with mass; the others get what the least cost of all leaves them. */
function leastCosts(geometry: MatrixGeometry, b: Float64Array): Potentials {
  const { costs, rows, columns } = geometry;
  const [low] = rangeOfAllowedCosts(geometry);
  const f = new Float64Array(rows).fill(Infinity);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) if (b[j] > 0) f[i] = Math.min(f[i], costs[i * columns + j]);
    // A row that only forbidden pairs bound has no mass.
    if (f[i] === Infinity) f[i] = low;
  }
  const highest = f.reduce((most, each) => Math.max(most, each), -Infinity);
  return { f, g: b.map((weight) => (weight > 0 ? 0 : low - highest)) };
}

/**
 * Gives rows and columns without mass potentials so low that no pair is violated, without a look at any pair: in place.
 *
 * `potentials` must be feasible between those with mass. O(rows + columns), and the entries of a matrix.
 */
export function lowerMassless({ geometry, a, b }: TransportProblem, { f, g }: Potentials): void {
  if (!a.includes(0) && !b.includes(0)) return;
  const low = geometry.kind === 'matrix' ? rangeOfAllowedCosts(geometry)[0] : 0;
  lower(a, f, low - highest(g, (j) => b[j] > 0));
  lower(b, g, low - highest(f, () => true));
}

function highest(values: Float64Array, counts: (at: number) => boolean): number {
  return values.reduce((most, each, at) => (counts(at) && each > most ? each : most), -Infinity);
}

function lower(weights: Float64Array, values: Float64Array, value: number): void {
  for (let at = 0; at < values.length; at++) if (weights[at] === 0) values[at] = value;
}
