// Pairs of clouds by what is wrong with them.
import { fillNormal, fillUniform, integer, permutation, type Rng } from '@brenier/random';
import type { KnownCloud } from '../transport/known-transport-problem.js';

type Pair = readonly [x: KnownCloud, y: KnownCloud];
type DrawPair = (rng: Rng, rows: number, columns: number, dim: number) => Pair;

const draws: Readonly<Record<string, DrawPair>> = {
  normal: each((rng, count, dim) => fillNormal(rng, new Float64Array(count * dim))),
  'apart by 1e6 of their size': (rng, rows, columns, dim) => [
    drawNormal(rng, rows, dim, 0),
    drawNormal(rng, columns, dim, 1e6),
  ],
  'a common offset of 1e12': each((rng, count, dim) => fillNormal(rng, new Float64Array(count * dim), { mean: 1e12 })),
  'scaled by 1e12': each((rng, count, dim) => fillNormal(rng, new Float64Array(count * dim), { sd: 1e12 })),
  'scaled by 1e-12': each((rng, count, dim) => fillNormal(rng, new Float64Array(count * dim), { sd: 1e-12 })),
  'points of a small grid': each((rng, count, dim) => new Float64Array(count * dim).map(() => integer(rng, 0, 3))),
  'few distinct points': each((rng, count, dim) => {
    const sites = fillNormal(rng, new Float64Array(4 * dim));
    return rowsOf(count, dim, () => {
      const site = integer(rng, 0, 4);
      return sites.subarray(site * dim, (site + 1) * dim);
    });
  }),
  'one point, repeated': each((rng, count, dim) => {
    const point = fillNormal(rng, new Float64Array(dim));
    return rowsOf(count, dim, () => point);
  }),
  collinear: (rng, rows, columns, dim) => {
    const direction = fillNormal(rng, new Float64Array(dim));
    const draw = (count: number): KnownCloud => {
      const points = rowsOf(count, dim, () => direction.map((component) => component * integer(rng, -9, 10)));
      return { points, count, dim };
    };
    return [draw(rows), draw(columns)];
  },
  identical: (rng, rows, _columns, dim) => {
    const x = drawNormal(rng, rows, dim, 0);
    const order = permutation(rng, rows);
    const points = rowsOf(rows, dim, (i) => x.points.subarray(order[i] * dim, (order[i] + 1) * dim));
    return [x, { points, count: rows, dim }];
  },
  'clusters 1e4 of their size apart': each((rng, count, dim) => {
    const points = fillNormal(rng, new Float64Array(count * dim));
    for (let i = 0; i < count; i++) points[i * dim] += 1e4 * integer(rng, 0, 3);
    return points;
  }),
  'many magnitudes': each((rng, count, dim) => {
    const exponents = fillUniform(rng, new Float64Array(count * dim), { low: -20, high: 20 });
    return fillNormal(rng, exponents.slice()).map((value, at) => value * 2 ** exponents[at]);
  }),
};

/** Every kind of {@link drawClouds}. */
export const cloudKinds: readonly string[] = Object.keys(draws);

/** Two clouds of a kind; identical ones are of `rows` points both. */
export function drawClouds(rng: Rng, kind: string, rows: number, columns: number, dim: number): Pair {
  return draws[kind](rng, rows, columns, dim);
}

function each(draw: (rng: Rng, count: number, dim: number) => Float64Array): DrawPair {
  return (rng, rows, columns, dim) => [
    { points: draw(rng, rows, dim), count: rows, dim },
    { points: draw(rng, columns, dim), count: columns, dim },
  ];
}

function drawNormal(rng: Rng, count: number, dim: number, mean: number): KnownCloud {
  return { points: fillNormal(rng, new Float64Array(count * dim), { mean }), count, dim };
}

function rowsOf(count: number, dim: number, rowAt: (i: number) => Float64Array): Float64Array {
  const points = new Float64Array(count * dim);
  for (let i = 0; i < count; i++) points.set(rowAt(i), i * dim);
  return points;
}
