import { createRng, fillNormal } from '@brenier/random';
import {
  affineMapProblem,
  convexGradientProblem,
  diracProblem,
  expectClose,
  expectOptimalPotentials,
  hiddenPermutationProblem,
  knownTransportProblem,
  nastyTransportProblem,
  type KnownTransportProblem,
} from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costMatrix, emd, pointClouds, transportCost } from '../src/index.js';

function solve({ geometry, a, b }: KnownTransportProblem) {
  return emd(geometry, { a, b });
}

/** What makes a result a proof: a feasible plan, no violated pair, no gap. */
function expectProof(known: KnownTransportProblem, result: ReturnType<typeof emd>): void {
  const { certificate } = result;
  const mass = known.a.reduce((sum, each) => sum + each, 0);
  expect(result.status).toBe('optimal');
  expect(certificate.worstViolation).toBeLessThanOrEqual(1e-12 * certificate.largestCost);
  expect(Math.abs(certificate.gap)).toBeLessThanOrEqual(1e-12 * known.scale);
  expect(certificate.marginalError).toBeLessThanOrEqual(1e-12 * mass);
  expect(certificate.smallestMass).toBeGreaterThanOrEqual(0);
}

describe('emd', () => {
  it('finds the cost that is known by construction, and proves it', () => {
    fc.assert(
      fc.property(knownTransportProblem({ maxCount: 60 }), (known) => {
        const result = solve(known);
        // both costs are sums of fewer than 200 products, each rounded to 1e-16
        expectClose(result.cost, known.cost, { relative: 0, absolute: 1e-13 * known.scale });
        expectProof(known, result);
        expectOptimalPotentials(known, result);
      }),
    );
  });

  it('agrees with an independent solver on inputs that break solvers', () => {
    fc.assert(
      fc.property(nastyTransportProblem({ maxCount: 30 }), (known) => {
        const result = solve(known);
        expectClose(result.cost, known.cost, { relative: 0, absolute: 1e-12 * known.scale });
        expectProof(known, result);
      }),
    );
  });

  it.each([
    ['a permutation hidden in a matrix, with a gap', hiddenPermutationProblem(createRng(5), 200)],
    ['the gradient of a convex function, y = x + Σ v (x − z) / |x − z|', convexGradientProblem(createRng(6), 200, 3)],
    ['an affine map with a positive definite matrix', affineMapProblem(createRng(5), 200, 3)],
  ])('finds %s', (_, known) => {
    const result = solve(known);
    expect(result.coupling.kind === 'permutation' && result.coupling.columnOfRow).toEqual(known.columnOfRow);
    expectClose(result.cost, known.cost, { relative: 0, absolute: 1e-13 * known.scale });
  });

  it('spreads a Dirac mass over all points', () => {
    const known = diracProblem(createRng(7), 200, 3);
    expectClose(solve(known).cost, known.cost, { relative: 1e-13 });
  });

  it('gives a translation its squared length', () => {
    const rng = createRng(8);
    const x = Array.from({ length: 50 }, () => fillNormal(rng, new Float64Array(3)));
    const y = x.map(([u, v, w]) => [u + 1, v - 2, w + 2]);
    expectClose(emd(x, y).cost, 9, { relative: 1e-14 });
  });

  it('solves the textbook assignments', () => {
    // linear_sum_assignment's own tests: 150 + 400 + 300, and 10 + 1 + 7
    const unit = { a: [1, 1, 1], b: [1, 1, 1] };
    expect(
      emd(
        costMatrix([
          [400, 150, 400],
          [400, 450, 600],
          [300, 225, 300],
        ]),
        unit,
      ).cost,
    ).toBe(850);
    const { cost, coupling } = emd(
      costMatrix([
        [10, 10, 8],
        [9, 8, 1],
        [9, 7, 4],
      ]),
      unit,
    );
    expect(cost).toBe(18);
    expect(coupling.kind === 'permutation' && coupling.columnOfRow).toEqual(Int32Array.of(0, 2, 1));
  });

  it('is symmetric: exchanging the measures transposes the problem', () => {
    fc.assert(
      fc.property(nastyTransportProblem({ maxCount: 20 }), ({ geometry, a, b, scale }) => {
        if (geometry.kind !== 'point-cloud') return;
        const { x, y, cost } = geometry;
        const there = emd(x, y, { a, b, cost }).cost;
        expectClose(emd(y, x, { a: b, b: a, cost }).cost, there, { relative: 0, absolute: 1e-12 * scale });
      }),
      { numRuns: 50 },
    );
  });

  it('takes points in every form and gives the same bits', () => {
    const rows = [
      [0, 1],
      [2, 3],
      [5, 8],
    ];
    const flat = rows.flat();
    const expected = emd(rows, [[1, 1]]);
    expect(emd(flat, [1, 1], { dim: 2 })).toEqual(expected);
    expect(emd(Float32Array.from(flat), Int8Array.of(1, 1), { dim: 2 })).toEqual(expected);
    expect(emd({ data: flat, shape: [3, 2] }, { points: [1, 1], count: 1, dim: 2 })).toEqual(expected);
    expect(emd(pointClouds(rows, [[1, 1]]))).toEqual(expected);
  });

  it('counts mass, not probability: doubling the weights doubles the cost', () => {
    const once = emd([[0], [1]], [[3], [5]], { a: [1, 2], b: [2, 1] });
    const twice = emd([[0], [1]], [[3], [5]], { a: [2, 4], b: [4, 2] });
    expect(twice.cost).toBe(2 * once.cost);
    expectClose(transportCost(pointClouds([[0], [1]], [[3], [5]]), once.coupling), once.cost);
  });

  it('moves whole masses in whole pieces, without an error in the marginals', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 2 ** 30 }), { minLength: 2, maxLength: 40 }), (cuts) => {
        const total = cuts.reduce((sum, each) => sum + each, 0);
        const third = Math.floor(total / 3);
        const x = cuts.map((each, i) => [i, each % 7]);
        const { coupling, certificate } = emd(
          x,
          [[3], [17], [40]].map(([k]) => [k, 2]),
          {
            a: cuts,
            b: [third, total - 2 * third, third],
          },
        );
        expect(coupling.kind === 'sparse' && coupling.mass.every(Number.isInteger)).toBe(true);
        expect(certificate.marginalError).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('solves one point against one point, and identical clouds at cost 0', () => {
    expect(emd([[7]], [[4]]).cost).toBe(9);
    expect(
      emd(
        [
          [1, 2],
          [1, 2],
          [3, 4],
        ],
        [
          [3, 4],
          [1, 2],
          [1, 2],
        ],
      ).cost,
    ).toBe(0);
  });

  it('keeps rows without mass out of the plan', () => {
    const { coupling, cost } = emd([[0], [100], [2]], [[1], [3]], { a: [1, 0, 1], b: [1, 1] });
    expect(cost).toBe(2);
    expect(coupling.kind === 'sparse' && coupling.rowIndex).toEqual(Int32Array.of(0, 2));
  });

  it('loses no digits to a common offset of the clouds', () => {
    // coordinates are whole multiples of 2⁻²⁰, so that adding 2²⁰ is exact
    const grid = (label: string): number[][] => {
      const values = fillNormal(createRng(2).fork(label), new Float64Array(200)).map(
        (each) => Math.round(each * 2 ** 20) / 2 ** 20,
      );
      return Array.from({ length: 100 }, (_, i) => [values[2 * i], values[2 * i + 1]]);
    };
    const shift = (points: number[][]): number[][] => points.map((point) => point.map((each) => each + 2 ** 20));
    expect(emd(shift(grid('x')), shift(grid('y'))).cost).toBe(emd(grid('x'), grid('y')).cost);
  });

  it('gives the same numbers without the proof', () => {
    const points = [
      [
        [0, 0],
        [4, 0],
      ],
      [
        [5, 0],
        [0, 1],
        [2, 2],
      ],
    ] as const;
    const costs = costMatrix([
      [1, 7],
      [4, 2],
    ]);
    const { certificate, ...expected } = emd(...points);
    expect(emd(...points, { certify: false })).toEqual(expected);
    expect(expected.cost).toBe(certificate.primal);
    const { certificate: ofMatrix, ...expectedOfMatrix } = emd(costs);
    expect(emd(costs, { certify: false })).toEqual(expectedOfMatrix);
    expect(expectedOfMatrix.cost).toBe(ofMatrix.primal);
    expect(() => emd(costs, { certify: 1 } as never)).toThrow('"certify"');
  });

  it('refuses what is not a problem', () => {
    expect(() => emd([], [[1]])).toThrow('"x" expected at least one point, got none');
    expect(() => emd([[1]], [[1, 2]])).toThrow('"y" expected points of dimension 1 like "x", got dimension 2');
    expect(() => emd([[1]], [[1]], { a: [1], b: [2] })).toThrow('"b" expected the total mass 1 of "a", got 2');
    expect(() => emd([[NaN]], [[1]])).toThrow('"x[0][0]" expected a finite number, got NaN');
    expect(() => emd([[1]], [[1]], { p: 2 } as object)).toThrow(
      '"options" expected only the options "a", "b", "cost", "dim", "certify", got "p"',
    );
    expect(() => emd(costMatrix([[1]]), { cost: 'euclidean' } as object)).toThrow('expected only the options "a", "b"');
    expect(() => emd(costMatrix([[1]]), [[1]] as object)).toThrow(TypeError);
  });
});
