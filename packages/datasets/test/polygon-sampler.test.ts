import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { outlineSampler, polygonSampler, shapes, type PointCloud, type Ring } from '../src/index.js';

const square = (half: number, x = 0, y = 0): Ring => [
  [x - half, y - half],
  [x + half, y - half],
  [x + half, y + half],
  [x - half, y + half],
];

/** The tips of a regular pentagon joined to every second one: a line that crosses itself five times. */
const pentagram: Ring = Array.from({ length: 5 }, (_, i) => [
  Math.sin((4 * Math.PI * i) / 5),
  Math.cos((4 * Math.PI * i) / 5),
]);

/** Whether a ray to the right meets the rings an odd number of times: the even-odd rule itself. */
function isInside(rings: readonly Ring[], x: number, y: number): boolean {
  let isOdd = false;
  for (const ring of rings) {
    ring.forEach(([x0, y0], v) => {
      const [x1, y1] = ring[(v + 1) % ring.length];
      if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) isOdd = !isOdd;
    });
  }
  return isOdd;
}

/** Counts in cells of a grid over [-half, half]², row by row. */
function cellCounts({ points }: PointCloud, half: number, cells: number): number[] {
  const counts = new Array<number>(cells * cells).fill(0);
  for (let i = 0; i < points.length; i += 2) {
    const [column, row] = [points[i], points[i + 1]].map((each) => Math.floor(((each + half) / (2 * half)) * cells));
    counts[row * cells + column]++;
  }
  return counts;
}

/** Whether two samples of one law differ by more than chance: χ² over the cells that either meets. */
function expectSameLaw(a: readonly number[], b: readonly number[]): void {
  const [n, m] = [a, b].map((counts) => counts.reduce((sum, each) => sum + each, 0));
  let [chiSquare, cells] = [0, 0];
  a.forEach((each, k) => {
    if (each + b[k] === 0) return;
    cells++;
    chiSquare += (each * Math.sqrt(m / n) - b[k] * Math.sqrt(n / m)) ** 2 / (each + b[k]);
  });
  // Mean cells - 1, standard deviation √(2 cells): six of them and 20 leave less than 1e-6 for any number of cells.
  expect(chiSquare).toBeLessThan(cells - 1 + 6 * Math.sqrt(2 * cells) + 20);
}

const POLYGONS: [name: string, rings: readonly Ring[], half: number][] = [
  ...Object.entries(shapes).map(([name, rings]): [string, readonly Ring[], number] => [name, rings, 1]),
  ['triangle', [[[-1, -1], [1, -0.5], [0, 1]]], 1],
  ['hole and island', [square(1), square(0.7), square(0.3)], 1],
  ['rings apart', [square(0.2, -0.7, -0.5), square(0.3, 0.6, 0.1)], 1],
  ['rings that cross', [square(0.6, -0.3, -0.3), square(0.6, 0.3, 0.3)], 1],
  ['pentagram', [pentagram], 1],
]; // prettier-ignore

describe('polygonSampler', () => {
  it.each(POLYGONS)('fills the inside of %s evenly, and nothing else', (_, rings, half) => {
    const count = 6_000;
    const cloud = polygonSampler(rings)(createRng(1), count);
    let outside = 0;
    for (let i = 0; i < count; i++) {
      if (!isInside(rings, cloud.points[2 * i], cloud.points[2 * i + 1])) outside++;
    }
    // Rounding may put a point on an edge, with probability of about 1e-15.
    expect(outside).toBe(0);
    // The other sample: uniform points of the square that the rule calls inside.
    const rng = createRng(2);
    const kept: number[] = [];
    while (kept.length < 2 * count) {
      const [x, y] = [half * (2 * rng.uniform() - 1), half * (2 * rng.uniform() - 1)];
      if (isInside(rings, x, y)) kept.push(x, y);
    }
    const rejected = { points: Float64Array.from(kept), count, dim: 2 };
    expectSameLaw(cellCounts(cloud, half, 16), cellCounts(rejected, half, 16));
  });

  it('has the moments of a triangle', () => {
    const count = 100_000;
    const { points } = polygonSampler([[[0, 0], [4, 0], [0, 3]]])(createRng(3), count); // prettier-ignore
    const mean = [0, 1].map((k) => points.reduce((sum, each, i) => (i % 2 === k ? sum + each / count : sum), 0));
    // The centroid is (4/3, 1), the variance of a coordinate side²/18; five standard errors.
    expect(Math.abs(mean[0] - 4 / 3)).toBeLessThan((5 * 4) / Math.sqrt(18 * count));
    expect(Math.abs(mean[1] - 1)).toBeLessThan((5 * 3) / Math.sqrt(18 * count));
  });

  it('does not depend on the order of rings, on their direction, or on a first vertex that comes again', () => {
    const sides = (rings: readonly Ring[]) => [...polygonSampler(rings)(createRng(4), 50).points];
    const expected = sides([square(1), square(0.5)]);
    expect(sides([square(0.5), square(1)])).toEqual(expected);
    expect(sides([[...square(1)].reverse(), square(0.5)])).toEqual(expected);
    expect(sides([[...square(1), square(1)[0]], square(0.5)])).toEqual(expected);
  });

  it('knows thin and distant polygons', () => {
    const sliver: Ring = [[1e9, 0], [1e9 + 1, 1], [1e9 + 1, 1 + 1e-6]]; // prettier-ignore
    const { points } = polygonSampler([sliver])(createRng(5), 100);
    expect(
      points.every((each, i) => (i % 2 === 0 ? each >= 1e9 && each <= 1e9 + 1 : each >= 0 && each <= 1.000001)),
    ).toBe(true);
  });
});

describe('outlineSampler', () => {
  it('gives every edge its share of the length, uniform along it', () => {
    const count = 70_000;
    // A triangle with sides 3, 4 and 5, and an edge of length 1 there and back.
    const { points } = outlineSampler([[[0, 0], [4, 0], [0, 3]], [[9, 0], [10, 0], [9, 0]]])(createRng(1), count); // prettier-ignore
    const halves = new Array<number>(8).fill(0);
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = [points[i], points[i + 1]];
      if (x >= 9) halves[x < 9.5 ? 6 : 7]++;
      else if (y === 0) halves[x < 2 ? 0 : 1]++;
      else if (x === 0) halves[y < 1.5 ? 2 : 3]++;
      else {
        expect(Math.abs(3 * x + 4 * y - 12)).toBeLessThan(1e-13);
        halves[x < 2 ? 4 : 5]++;
      }
    }
    // Binomial: five standard deviations.
    [4, 4, 3, 3, 5, 5, 2, 2].forEach((length, k) => {
      const p = length / 2 / 14;
      expect(Math.abs(halves[k] - count * p)).toBeLessThan(5 * Math.sqrt(count * p * (1 - p)));
    });
  });
});

describe.each([
  ['polygonSampler', polygonSampler],
  ['outlineSampler', outlineSampler],
])('%s', (_, sampler) => {
  it('refuses what are no rings, naming the place', () => {
    expect(() => sampler(undefined as never)).toThrow('"rings" expected at least one ring, got undefined');
    expect(() => sampler([])).toThrow('"rings" expected at least one ring, got an array of length 0');
    expect(() => sampler([square(1), [[0, 0], [1, 1]]])).toThrow('"rings[1]" expected at least three vertices'); // prettier-ignore
    expect(() => sampler([[[0, 0], [1, 1], [2]]])).toThrow('"rings[0][2]" expected a vertex [x, y]'); // prettier-ignore
    expect(() => sampler([[[0, 0], [1, NaN], [2, 2]]])).toThrow('"rings[0][1][1]" expected'); // prettier-ignore
    expect(() => sampler([[[0, 0], [1e101, 1], [2, 2]]])).toThrow('"rings[0][1][0]" expected'); // prettier-ignore
    expect(() => sampler([[[1, 1], [1, 1], [1, 1]]])).toThrow(/"rings" expected .* > 0, got/); // prettier-ignore
  });
});

describe('shapes', () => {
  it.each(Object.entries(shapes))('%s is centred, and its longer side spans [-1, 1]', (_, rings) => {
    const vertices = rings.flat();
    const spans = [0, 1].map((k) => {
      const values = vertices.map((vertex) => vertex[k]);
      return [Math.min(...values), Math.max(...values)];
    });
    for (const [least, most] of spans) expect(Math.abs(least + most)).toBeLessThan(1e-15);
    expect(Math.max(...spans.map(([, most]) => most))).toBeCloseTo(1, 15);
  });

  it('cannot be changed by one user for another', () => {
    const parts = [shapes, ...Object.values(shapes).flatMap((rings) => [rings, ...rings, ...rings.flat()])];
    expect(parts.every(Object.isFrozen)).toBe(true);
  });
});
