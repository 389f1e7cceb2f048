// Inputs that have broken transport solvers: ties, duplicates, degenerate clouds, offsets, extreme scales, zero and
// tiny weights. Their least cost comes from the independent reference solver.
import { fillNormal, fillUniform, integer, type Rng } from '@brenier/random';
import {
  costsOf,
  scaleOf,
  type KnownCloud,
  type KnownGeometry,
  type KnownTransportProblem,
} from './known-transport-problem.js';
import { solveTransportReference } from './transport-reference.js';

type CloudMaker = (rng: Rng, count: number, dim: number) => KnownCloud;

/** The kinds of cloud, by what is wrong with them. */
const clouds: Record<string, CloudMaker> = {
  ordinary: (rng, count, dim) => cloud(dim, fillNormal(rng, new Float64Array(count * dim))),
  grid: (rng, count, dim) =>
    cloud(
      dim,
      new Float64Array(count * dim).map(() => integer(rng, 0, 3)),
    ),
  duplicates: (rng, count, dim) => {
    const point = fillNormal(rng, new Float64Array(dim));
    return cloud(
      dim,
      Float64Array.from({ length: count * dim }, (_, at) => point[at % dim]),
    );
  },
  collinear: (rng, count, dim) => {
    const direction = fillNormal(rng, new Float64Array(dim));
    const along = fillNormal(rng, new Float64Array(count));
    return cloud(
      dim,
      Float64Array.from({ length: count * dim }, (_, at) => along[Math.floor(at / dim)] * direction[at % dim]),
    );
  },
  circle: (rng, count, dim) => {
    const points = fillNormal(rng, new Float64Array(count * dim));
    for (let i = 0; i < count; i++) {
      const point = points.subarray(i * dim, (i + 1) * dim);
      const norm = Math.sqrt(point.reduce((sum, each) => sum + each * each, 0)) || 1;
      point.forEach((each, k) => (point[k] = each / norm));
    }
    return cloud(dim, points);
  },
  offset: (rng, count, dim) => cloud(dim, fillNormal(rng, new Float64Array(count * dim), { mean: 1e4 })),
  huge: (rng, count, dim) => cloud(dim, fillNormal(rng, new Float64Array(count * dim), { sd: 1e12 })),
  small: (rng, count, dim) => cloud(dim, fillNormal(rng, new Float64Array(count * dim), { sd: 1e-12 })),
};

type WeightMaker = (rng: Rng, count: number) => Float64Array;

/** The kinds of weights; the first entry is always positive, so that the total is. */
const weights: Record<string, WeightMaker> = {
  equal: (_rng, count) => new Float64Array(count).fill(1),
  general: (rng, count) => fillUniform(rng, new Float64Array(count), { low: 0.1, high: 1 }),
  zeros: (rng, count) =>
    new Float64Array(count).map((_, i) => (i > 0 && integer(rng, 0, 2) === 0 ? 0 : rng.uniform() + 0.1)),
  tiny: (rng, count) =>
    new Float64Array(count).map((_, i) => (i > 0 && integer(rng, 0, 2) === 0 ? 1e-14 : rng.uniform() + 0.1)),
  'one heavy': (_rng, count) => new Float64Array(count).map((_, i) => (i === 0 ? 1 : 1e-6)),
};

/** Every kind of cloud. */
export const nastyClouds: readonly string[] = Object.keys(clouds);

/** Every kind of weights. */
export const nastyWeights: readonly string[] = Object.keys(weights);

/** What {@link nastyProblem} should build. */
export interface NastyProblemOptions {
  /** Kind of the source cloud, of {@link nastyClouds}. */
  readonly source: string;
  /** Kind of the target cloud. */
  readonly target: string;
  /** Kind of both weights, of {@link nastyWeights}. */
  readonly weights: string;
  readonly rows: number;
  readonly columns: number;
  readonly dim: number;
  readonly cost: 'squared-euclidean' | 'euclidean';
}

/** Builds one nasty problem and solves it with the reference solver: keep rows and columns below about 60. */
export function nastyProblem(rng: Rng, options: NastyProblemOptions): KnownTransportProblem {
  const { source, target, rows, columns, dim, cost } = options;
  const x = clouds[source](rng, rows, dim);
  const y = clouds[target](rng, columns, dim);
  const geometry: KnownGeometry = { kind: 'point-cloud', x, y, cost, rows, columns };
  const a = weights[options.weights](rng, rows);
  const b = balanced(weights[options.weights](rng, columns), a);
  const reference = solveTransportReference(costsOf(geometry), a, b);
  const name = `${source} to ${target}, ${options.weights} weights`;
  return { name, geometry, a, b, cost: reference.cost, scale: scaleOf(geometry, a) };
}

function cloud(dim: number, points: Float64Array): KnownCloud {
  return { points, count: points.length / dim, dim };
}

function balanced(b: Float64Array, a: Float64Array): Float64Array {
  const sum = (values: Float64Array): number => values.reduce((total, each) => total + each, 0);
  const factor = sum(a) / sum(b);
  return b.map((each) => each * factor);
}
