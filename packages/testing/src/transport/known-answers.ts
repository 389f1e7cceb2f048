// Transport problems whose answer is known by construction, not by solving.
import { fillNormal, fillUniform, integer, permutation, type Rng } from '@brenier/random';
import {
  costsOf,
  scaleOf,
  type KnownCloud,
  type KnownGeometry,
  type KnownTransportProblem,
} from './known-transport-problem.js';

/** All mass in one point: the only plan is b itself, so the cost is Σ b_j c_0j. */
export function diracProblem(rng: Rng, count: number, dim: number): KnownTransportProblem {
  const geometry = between(normalCloud(rng, 1, dim), normalCloud(rng, count, dim));
  const b = fillUniform(rng, new Float64Array(count), { low: 0.1, high: 1 });
  const a = Float64Array.of(b.reduce((sum, mass) => sum + mass, 0));
  const cost = costsOf(geometry).reduce((sum, each, j) => sum + b[j] * each, 0);
  return { name: 'dirac', geometry, a, b, cost, scale: scaleOf(geometry, a) };
}

/**
 * A matrix c_ij = f_i + g_j + slack_ij with slack 0 on a hidden permutation and at least 0.1 elsewhere: by
 * complementary slackness the permutation is the only optimal plan.
 */
export function hiddenPermutationProblem(rng: Rng, count: number): KnownTransportProblem {
  const columnOfRow = permutation(rng, count);
  const f = fillNormal(rng, new Float64Array(count));
  const g = fillNormal(rng, new Float64Array(count));
  const costs = Float64Array.from({ length: count * count }, (_, at) => {
    const i = Math.floor(at / count);
    const j = at % count;
    return f[i] + g[j] + (columnOfRow[i] === j ? 0 : 0.1 + rng.uniform());
  });
  const geometry = { kind: 'matrix', costs, rows: count, columns: count } as const;
  return { ...assignment('hidden permutation', geometry, columnOfRow), f, g };
}

/**
 * General masses, rows ≠ columns: a random plan is drawn first, its marginals are the masses, and costs have slack 0
 * where the plan has mass, so that it is optimal.
 */
export function hiddenPlanProblem(rng: Rng, rows: number, columns: number): KnownTransportProblem {
  const plan = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) plan[i * columns + integer(rng, 0, columns)] = 0.1 + rng.uniform();
  for (let j = 0; j < columns; j++) plan[integer(rng, 0, rows) * columns + j] = 0.1 + rng.uniform();
  const f = fillNormal(rng, new Float64Array(rows));
  const g = fillNormal(rng, new Float64Array(columns));
  const costs = plan.map((mass, at) => {
    return f[Math.floor(at / columns)] + g[at % columns] + (mass > 0 ? 0 : 0.1 + rng.uniform());
  });
  const a = f.map((_, i) => plan.subarray(i * columns, (i + 1) * columns).reduce((sum, mass) => sum + mass, 0));
  const b = g.map((_, j) => plan.reduce((sum, mass, at) => (at % columns === j ? sum + mass : sum), 0));
  const geometry = { kind: 'matrix', costs, rows, columns } as const;
  const cost = plan.reduce((sum, mass, at) => sum + mass * costs[at], 0);
  return { name: 'hidden plan', geometry, a, b, cost, scale: scaleOf(geometry, a), f, g };
}

/**
 * y_i = ∇φ(x_i) with φ(x) = |x|²/2 + Σ_k v_k |x − z_k|, convex: by Brenier's theorem the identity is optimal for the
 * squared distance, with f = |x|² − 2φ(x). The poles z_k are not differentiable, but almost no x meets them.
 */
export function convexGradientProblem(rng: Rng, count: number, dim: number): KnownTransportProblem {
  const x = normalCloud(rng, count, dim);
  const poles = normalCloud(rng, 3, dim);
  const strengths = fillUniform(rng, new Float64Array(3), { low: 0.1, high: 1 });
  const y = x.points.slice();
  const f = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (let pole = 0; pole < 3; pole++) {
      let square = 0;
      for (let k = 0; k < dim; k++) square += (x.points[i * dim + k] - poles.points[pole * dim + k]) ** 2;
      const distance = Math.sqrt(square);
      f[i] -= 2 * strengths[pole] * distance;
      for (let k = 0; k < dim; k++) {
        const direction = (x.points[i * dim + k] - poles.points[pole * dim + k]) / distance;
        y[i * dim + k] += strengths[pole] * direction;
      }
    }
  }
  return shuffled(rng, 'convex gradient', x, { points: y, count, dim }, f);
}

/**
 * y_i = A x_i + t with A symmetric positive definite: the gradient of the convex ½ xᵀAx + tᵀx, hence optimal, with
 * f = |x|² − xᵀAx − 2tᵀx. With A the identity it is a translation, and the least cost is |t|².
 */
export function affineMapProblem(rng: Rng, count: number, dim: number): KnownTransportProblem {
  const root = fillNormal(rng, new Float64Array(dim * dim));
  const matrix = root.map((_, at) => {
    const k = Math.floor(at / dim);
    const l = at % dim;
    let entry = k === l ? 0.1 : 0;
    for (let m = 0; m < dim; m++) entry += root[k * dim + m] * root[l * dim + m];
    return entry;
  });
  const shift = fillNormal(rng, new Float64Array(dim));
  const x = normalCloud(rng, count, dim);
  const y = new Float64Array(count * dim);
  const f = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < dim; k++) {
      let image = shift[k];
      for (let l = 0; l < dim; l++) image += matrix[k * dim + l] * x.points[i * dim + l];
      y[i * dim + k] = image;
      f[i] += x.points[i * dim + k] * (x.points[i * dim + k] - image - shift[k]);
    }
  }
  return shuffled(rng, 'affine map', x, { points: y, count, dim }, f);
}

function normalCloud(rng: Rng, count: number, dim: number): KnownCloud {
  return { points: fillNormal(rng, new Float64Array(count * dim)), count, dim };
}

function between(x: KnownCloud, y: KnownCloud): KnownGeometry {
  return { kind: 'point-cloud', x, y, cost: 'squared-euclidean', rows: x.count, columns: y.count };
}

/** Hides the identity by permuting the targets; g follows from complementary slackness. */
function shuffled(rng: Rng, name: string, x: KnownCloud, y: KnownCloud, f: Float64Array): KnownTransportProblem {
  const { count, dim } = x;
  const columnOfRow = permutation(rng, count);
  const points = new Float64Array(count * dim);
  for (let i = 0; i < count; i++) points.set(y.points.subarray(i * dim, (i + 1) * dim), columnOfRow[i] * dim);
  const geometry = between(x, { points, count, dim });
  const costs = costsOf(geometry);
  const g = new Float64Array(count);
  for (let i = 0; i < count; i++) g[columnOfRow[i]] = costs[i * count + columnOfRow[i]] - f[i];
  return { ...assignment(name, geometry, columnOfRow), f, g };
}

function assignment(name: string, geometry: KnownGeometry, columnOfRow: Int32Array): KnownTransportProblem {
  const count = columnOfRow.length;
  const costs = costsOf(geometry);
  const a = new Float64Array(count).fill(1 / count);
  const cost = columnOfRow.reduce((sum, column, i) => sum + costs[i * count + column] / count, 0);
  return { name, geometry, a, b: a.slice(), cost, scale: scaleOf(geometry, a), columnOfRow };
}
