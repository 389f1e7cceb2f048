import { createRng, integer } from '@brenier/random';
import { expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import {
  certifyExact,
  costMatrix,
  createTransportProblem,
  emd,
  independentCoupling,
  networkSimplex,
  runSync,
  sinkhorn,
  toDense,
  transportCost,
  type Geometry,
} from '../src/index.js';

const x = Infinity;

describe('a problem with forbidden pairs', () => {
  it('is solved without them, however cheap they would make the rest', () => {
    const { cost, coupling, certificate } = emd(
      costMatrix([
        [1, x, x],
        [0, 5, x],
        [0, 0, 9],
      ]),
      { a: [1, 1, 1], b: [1, 1, 1] },
    );
    expect(coupling.kind === 'permutation' && coupling.columnOfRow).toEqual(Int32Array.of(0, 1, 2));
    expect(cost).toBe(15);
    expect(certificate.gap).toBe(0);
    expect(certificate.worstViolation).toBeLessThanOrEqual(0);
    expect(certificate.largestCost).toBe(9);
  });

  it('may force a long detour, far beyond the first price of a forbidden pair', () => {
    // Row i may go to columns i and i + 1 only, the last row to the last column: each row pays 1 to stay and gains 1
    // where it moves on, but row 0 has column 0 to itself, so that nobody can.
    const count = 60;
    const costs = Array.from({ length: count }, (_, i) =>
      Float64Array.from({ length: count }, (_, j) => (j === i ? 1 : j === i + 1 ? -1 : x)),
    );
    const { cost, certificate } = emd(costMatrix(costs));
    expectClose(cost, 1, { relative: 1e-14 });
    // 2⁻⁴⁶ of a price of 60 spreads
    expect(certificate.worstViolation).toBeLessThanOrEqual(2e-12);
  });

  it.each([
    [
      'a row without a column',
      [
        [x, x],
        [1, 2],
      ],
      'got rows 0 of mass 0.5 with no column allowed to them',
    ],
    [
      'rows that exceed all columns allowed to them',
      [
        [1, x, x],
        [1, x, x],
        [1, 2, 3],
      ],
      'got rows 0, 1 of mass 0.6666666666666666 with only columns 0 of mass 0.3333333333333333 allowed to them',
    ],
  ])('is refused for %s', (_, costs, message) => {
    const problem = (): unknown => createTransportProblem(costMatrix(costs));
    expect(problem).toThrow(RangeError);
    expect(problem).toThrow(`"geometry" expected allowed pairs that can carry all mass, ${message}`);
    expect(() => emd(costMatrix(costs))).toThrow(message);
    expect(() => sinkhorn(costMatrix(costs), { epsilon: 1 })).toThrow(message);
  });

  it('names a few of many rows', () => {
    const costs = costMatrix(Array.from({ length: 12 }, () => [1, x]));
    expect(() => emd(costs, { a: new Array<number>(12).fill(1), b: [11.5, 0.5] })).toThrow(
      'got rows 0, 1, 2, 3, 4, 5, 6, 7, … (12) of mass 12 with only columns 0 of mass 11.5 allowed to them',
    );
  });

  it('may consist of parts whose masses agree up to rounding', () => {
    // 0.1 + 0.2 is not 0.3 in float64.
    const costs = costMatrix([
      [1, x],
      [2, x],
      [x, 3],
    ]);
    const { cost, certificate } = emd(costs, { a: [0.1, 0.2, 0.7], b: [0.3, 0.7] });
    expectClose(cost, 0.1 + 0.4 + 2.1, { relative: 1e-15 });
    expect(certificate.marginalError).toBeLessThanOrEqual(2 ** -53);
  });

  it('leaves rows and columns without mass alone, even where all their pairs are forbidden', () => {
    const costs = costMatrix([
      [1, x, 4],
      [x, x, x],
      [2, x, 3],
    ]);
    const masses = { a: [1, 0, 1], b: [1, 0, 1] };
    const exact = emd(costs, masses);
    expect(exact.cost).toBe(4);
    expect(exact.certificate.worstViolation).toBeLessThanOrEqual(0);
    const entropic = sinkhorn(costs, { ...masses, epsilon: 0.5 });
    expect(entropic.status).toBe('converged');
    expect([...toDense(entropic.coupling).plan.subarray(3, 6)]).toEqual([0, 0, 0]);
  });

  it('has an entropic plan that avoids them: of two permutations one is left', () => {
    const { status, cost, coupling, certificate } = sinkhorn(
      costMatrix([
        [1, x],
        [0, 3],
      ]),
      { epsilon: 1, tolerance: 1e-3 },
    );
    // Sublinear: the pair (1, 0) is allowed, but no feasible plan uses it.
    expect(status).toBe('converged');
    expect(toDense(coupling).plan[1]).toBe(0);
    expect(Math.abs(cost - 2)).toBeLessThan(5e-3);
    expect(certificate.largestCost).toBe(3);
  });

  it('gives a plan that uses one an infinite cost', () => {
    const geometry = costMatrix([
      [1, x],
      [2, 3],
    ]);
    const plan = independentCoupling([1, 1], [1, 1]);
    expect(transportCost(geometry, plan)).toBe(Infinity);
    const problem = createTransportProblem(geometry, { a: [1, 1] });
    const certificate = certifyExact(problem, plan, new Float64Array(2), new Float64Array(2));
    expect(certificate.primal).toBe(Infinity);
    expect(certificate.gap).toBe(Infinity);
    expect(certificate.worstViolation).toBe(-1);
  });

  it('has a plan that avoids them and a true bound wherever a solve is stopped', () => {
    const geometry = sparseMatrix(120, 90);
    const problem = createTransportProblem(geometry);
    const best = emd(geometry).cost;
    for (const maxSteps of [0, 1, 3, 10, 30, 100, 300]) {
      const { cost, certificate } = runSync(networkSimplex({ stepBudget: 300 }), problem, { maxSteps });
      expect(cost).toBeLessThan(Infinity);
      expect(cost).toBeGreaterThanOrEqual(best - 1e-9);
      const bound = certificate.dual - problem.mass * Math.max(certificate.worstViolation, 0);
      expect(bound).toBeLessThanOrEqual(best + 1e-9);
      expect(certificate.marginalError).toBeLessThanOrEqual(1e-14);
    }
  });
});

describe('emd', () => {
  it.each([
    ['square', 100, 100],
    ['wide', 70, 130],
    ['tall', 131, 64],
  ])('gives the same bits for a %s matrix in float32 and in float64', (_, rows, columns) => {
    const rng = createRng(rows);
    const costs = Float32Array.from({ length: rows * columns }, () => rng.uniform() - 0.3);
    for (const forbidden of [0, 0.5]) {
      const given = costs.map((cost, at) => (at % columns !== at % rows && rng.uniform() < forbidden ? x : cost));
      const single = emd(costMatrix(given, { rows, columns }));
      expect(single).toEqual(emd(costMatrix(Float64Array.from(given), { rows, columns })));
    }
  });

  it('finds room for the price of forbidden pairs beside the largest float32 numbers', () => {
    const costs = Float32Array.of(3e38, Infinity, 1e38, 2e38);
    const { cost } = emd(costMatrix(costs, { rows: 2, columns: 2 }), { a: [1, 1] });
    expectClose(cost, 5e38, { relative: 1e-7 });
  });
});

function sparseMatrix(rows: number, columns: number): Geometry {
  const rng = createRng(4);
  // Every row may go to three columns in the middle of its range, so that a plan exists; others are at random.
  const costs = Array.from({ length: rows }, (_, i) =>
    Float64Array.from({ length: columns }, (_, j) => {
      const isNear = Math.abs((j + 0.5) / columns - (i + 0.5) / rows) < 1.5 / columns;
      return isNear || rng.uniform() < 0.05 ? integer(rng, 0, 1000) : x;
    }),
  );
  return costMatrix(costs);
}
