import { createRng, fillNormal, fillUniform, integer } from '@brenier/random';
import { costsOf } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  costMatrix,
  emd,
  emdBatch,
  emdBatchAsync,
  pointClouds,
  sinkhorn,
  sinkhornDivergence,
  wasserstein1d,
  type NetworkSimplexResult,
  type PointCloud,
} from '../src/index.js';

const norms = [
  { p: 1, power: 1 },
  { p: 1, power: 1.5 },
  { p: 1.5, power: 1.5 },
  { p: 2, power: 3 },
  { p: 3, power: 1 },
  { p: 4, power: 0.5 },
  { p: Infinity, power: 1 },
  { p: Infinity, power: 2 },
];
const anyNorm = fc.constantFrom(...norms);
const anySize = fc.integer({ min: 1, max: 80 });
const anySeed = fc.integer({ min: 0 });

function cloud(seed: number, count: number, dim: number): PointCloud {
  return { points: fillNormal(createRng(seed), new Float64Array(count * dim)), count, dim };
}

function expectProof({ status, certificate }: NetworkSimplexResult): void {
  expect(status).toBe('optimal');
  expect(certificate.worstViolation).toBeLessThanOrEqual(1e-12 * certificate.largestCost);
  expect(Math.abs(certificate.gap)).toBeLessThanOrEqual(1e-12 * certificate.largestCost);
}

describe('emd for powers of p-norms', () => {
  it('costs what the matrix of the same costs does, and proves it', () => {
    fc.assert(
      fc.property(
        anyNorm,
        anySeed,
        anySize,
        anySize,
        fc.integer({ min: 2, max: 9 }),
        (cost, seed, rows, columns, dim) => {
          const [x, y] = [cloud(seed, rows, dim), cloud(seed + 1, columns, dim)];
          const result = emd(x, y, { cost });
          expectProof(result);
          const matrix = costsOf({ kind: 'point-cloud', x, y, cost, rows, columns });
          const { cost: expected } = emd(costMatrix(matrix, { rows, columns }));
          expect(Math.abs(result.cost - expected)).toBeLessThanOrEqual(1e-12 * result.certificate.largestCost);
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });

  it('pairs equal numbers of equal masses one to one', () => {
    for (const cost of norms) {
      const { coupling } = emd(cloud(1, 70, 2), cloud(2, 70, 2), { cost });
      expect(coupling.kind === 'permutation' && new Set(coupling.columnOfRow).size).toBe(70);
    }
  });

  it('has the bits of the named costs where it is one of them', () => {
    const [x, y] = [cloud(3, 60, 2), cloud(4, 50, 2)];
    expect(emd(x, y, { cost: { p: 2, power: 2 } })).toEqual(emd(x, y));
    expect(emd(x, y, { cost: { p: 2 } })).toEqual(emd(x, y, { cost: 'euclidean' }));
  });

  it('is the area between the distribution functions on the line at power 1, and agrees with sorting at any from 1 on', () => {
    fc.assert(
      fc.property(anySeed, anySize, anySize, fc.constantFrom(1, 1.5, 2, 3), (seed, rows, columns, power) => {
        const [x, y] = [cloud(seed, rows, 1), cloud(seed + 1, columns, 1)];
        const { cost, certificate } = emd(x, y, { cost: { p: 1, power } });
        const sorted = wasserstein1d(x.points, y.points, { p: power }).cost;
        expect(Math.abs(cost - sorted)).toBeLessThanOrEqual(1e-12 * certificate.largestCost);
      }),
      { numRuns: 40, seed: 2 },
    );
  });

  it('grows like the power of the units, and not at all by a common offset of powers of two', () => {
    fc.assert(
      fc.property(anyNorm, anySeed, fc.integer({ min: -300, max: 60 }), (cost, seed, exponent) => {
        const rng = createRng(seed);
        const draw = (count: number) => ({
          points: new Float64Array(2 * count).map(() => integer(rng, -99, 100)),
          count,
          dim: 2,
        });
        const moved = ({ points, ...rest }: PointCloud, factor: number, offset: number): PointCloud => {
          return { ...rest, points: points.map((each) => factor * (each + offset)) };
        };
        const [x, y] = [draw(20), draw(25)];
        const once = emd(x, y, { cost });
        const far = emd(moved(x, 1, 2 ** 40), moved(y, 1, 2 ** 40), { cost });
        expect(far.cost).toBe(once.cost);
        // Within the range of float64 also after the power.
        const factor = 2 ** (2 * Math.trunc(exponent / 2));
        const scaled = emd(moved(x, factor, 0), moved(y, factor, 0), { cost });
        const expected = once.cost * factor ** cost.power;
        expect(Math.abs(scaled.cost - expected)).toBeLessThanOrEqual(1e-12 * expected);
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  it('ends on grids, where Manhattan distances tie everywhere', () => {
    const grid = Array.from({ length: 144 }, (_, at) => [at % 12, Math.floor(at / 12)]);
    const moved = grid.map(([first, second]) => [first + 1, second + 2]);
    for (const p of [1, Infinity]) {
      const result = emd(grid, moved, { cost: { p } });
      expectProof(result);
      // A translation is optimal for every norm; all sums are of whole numbers, then divided once for each pair.
      expect(result.cost).toBeCloseTo(p === 1 ? 3 : 2, 12);
    }
  });

  it('takes one point, equal points, and points of which only some carry mass', () => {
    for (const cost of norms) {
      expect(emd([[1, 2]], [[1, 2]], { cost }).cost).toBe(0);
      expect(emd(new Array<number[]>(60).fill([1, 2]), new Array<number[]>(70).fill([1, 2]), { cost }).cost).toBe(0);
      const result = emd(cloud(1, 3, 2), cloud(2, 2, 2), { a: [0, 1, 0], b: [1, 0], cost });
      expectProof(result);
      expect(result.coupling).toMatchObject({ rowIndex: Int32Array.of(1), columnIndex: Int32Array.of(0) });
    }
  });

  it('prefers to leave common mass where it is below power 1, unlike above', () => {
    // To move {0, 1} to {1, 2}: 1 stays and 0 goes to 2 at √2 < 2 · √1, and at 2² > 2 · 1².
    const paired = (power: number) => {
      const { coupling } = emd(
        [
          [0, 0],
          [1, 0],
        ],
        [
          [1, 0],
          [2, 0],
        ],
        { cost: { p: 1, power } },
      );
      return coupling.kind === 'permutation' && [...coupling.columnOfRow];
    };
    expect(paired(0.5)).toEqual([1, 0]);
    expect(paired(2)).toEqual([0, 1]);
  });
});

describe('other calls for powers of p-norms', () => {
  it('emdBatch and emdBatchAsync have the bits of emd', async () => {
    const problems = norms.map((cost, k) => ({ x: cloud(k, 40, 3), y: cloud(k + 9, 30 + k, 3), cost }));
    const expected = problems.map(({ x, y, cost }) => emd(x, y, { cost }));
    expect(emdBatch(problems)).toEqual(expected);
    expect((await emdBatchAsync(problems)).answers).toEqual(expected);
  });

  it('emdBatch names the problem whose cost it refuses', () => {
    const problems = [{ x: [[0]], y: [[1]], cost: { p: 0 } }];
    expect(() => emdBatch(problems)).toThrow('"problems[0].cost.p" expected a number >= 1, or Infinity, got 0');
  });

  it('sinkhorn agrees with itself on the matrix of the same costs', () => {
    for (const cost of norms) {
      const [x, y] = [cloud(5, 21, 3), cloud(6, 35, 3)];
      const a = fillUniform(createRng(7), new Float64Array(21)).map((each) => each + 0.1);
      const b = new Float64Array(35).fill(a.reduce((sum, each) => sum + each, 0) / 35);
      const matrix = costsOf({ kind: 'point-cloud', x, y, cost, rows: 21, columns: 35 });
      const options = { epsilon: 0.3, a, b };
      const direct = sinkhorn(x, y, { ...options, cost });
      const expected = sinkhorn(costMatrix(matrix, { rows: 21, columns: 35 }), options);
      expect(direct.status).toBe('converged');
      // Both stop at a marginal error of 1e-9.
      expect(Math.abs(direct.cost - expected.cost)).toBeLessThanOrEqual(1e-8 * expected.cost);
      const recomputed = sinkhorn(x, y, { ...options, cost, memoryLimit: 0 });
      expect(Math.abs(recomputed.cost - expected.cost)).toBeLessThanOrEqual(1e-8 * expected.cost);
    }
  });

  it('sinkhorn refuses an epsilon below 2^-53 of the largest cost', () => {
    const [x, y] = [[[0, 0]], [[3, 4]]];
    expect(() => sinkhorn(x, y, { epsilon: 1e-16, cost: { p: Infinity, power: 3 } })).toThrow('of the largest cost 64');
  });

  it('sinkhornDivergence is 0 between equal clouds', () => {
    const x = cloud(8, 20, 2);
    for (const cost of norms) expect(sinkhornDivergence(x, x, { epsilon: 0.5, cost }).divergence).toBe(0);
  });

  it('a geometry of clouds is taken as it is by emd', () => {
    const geometry = pointClouds([[0, 0]], [[3, 4]], { cost: { p: 1 } });
    expect(emd(geometry).cost).toBe(7);
  });
});
