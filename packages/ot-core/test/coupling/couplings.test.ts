import { expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import {
  barycentricProjection,
  conditionalRow,
  costMatrix,
  entries,
  independentCoupling,
  marginals,
  pointClouds,
  toDense,
  toSparse,
  transportCost,
  type Coupling,
} from '../../src/index.js';
import { dense, implicit, permutation, sparse } from './sample-couplings.js';

const all: [string, Coupling][] = [
  ['permutation', permutation],
  ['sparse', sparse],
  ['dense', dense],
  ['implicit', implicit],
];

/** ¼ exp(−c) at the pairs whose column has mass; c is the squared distance. */
const implicitPlan = [0.25, 0, 0.25 * Math.exp(-4), 0.25 * Math.exp(-1), 0, 0.25 * Math.exp(-1)];

describe('entries', () => {
  it('are ordered by row, then column, without zeros', () => {
    const expected = [
      { row: 0, column: 0, mass: 0.25 },
      { row: 0, column: 1, mass: 0.25 },
      { row: 2, column: 1, mass: 0.5 },
    ];
    expect([...entries(sparse)]).toEqual(expected);
    expect([...entries(dense)]).toEqual(expected);
  });

  it('of a permutation are its pairs', () => {
    expect([...entries(permutation)].map(({ column }) => column)).toEqual([2, 0, 1]);
  });

  it('of an implicit coupling leave out columns without mass', () => {
    expect([...entries(implicit)].map(({ column }) => column)).toEqual([0, 2, 0, 2]);
  });

  it('may be left early', () => {
    for (const { row } of entries(permutation)) {
      expect(row).toBe(0);
      break;
    }
  });
});

describe('toDense and toSparse', () => {
  it('write the same plan', () => {
    expect(toDense(sparse)).toEqual(dense);
    expect(toSparse(dense)).toEqual(sparse);
    expectAllClose(toDense(implicit).plan, implicitPlan, { relative: 1e-15 });
  });

  it.each(all)('are inverse to each other on a %s coupling', (_, coupling) => {
    expect(toDense(toSparse(coupling))).toEqual(toDense(coupling));
  });

  it('do not alias', () => {
    expect(toDense(dense).plan).not.toBe(dense.plan);
    expect(toSparse(sparse).mass).not.toBe(sparse.mass);
  });
});

describe('marginals', () => {
  it.each(all)('of a %s coupling are the sums of its matrix', (_, coupling) => {
    const { a, b } = marginals(coupling);
    const { plan, rows, columns } = toDense(coupling);
    for (let i = 0; i < rows; i++)
      expectClose(
        a[i],
        plan.slice(i * columns, (i + 1) * columns).reduce((s, p) => s + p, 0),
      );
    for (let j = 0; j < columns; j++)
      expectClose(
        b[j],
        plan.filter((_mass, at) => at % columns === j).reduce((s, p) => s + p, 0),
      );
  });
});

describe('conditionalRow', () => {
  it('is the share that each column gets', () => {
    expect(conditionalRow(sparse, 0)).toEqual({
      columns: Int32Array.of(0, 1),
      probabilities: Float64Array.of(0.5, 0.5),
    });
    expect(conditionalRow(sparse, 2)).toEqual({ columns: Int32Array.of(1), probabilities: Float64Array.of(1) });
    expect(conditionalRow(permutation, 0)).toEqual({ columns: Int32Array.of(2), probabilities: Float64Array.of(1) });
    expectAllClose(conditionalRow(implicit, 1).probabilities, [0.5, 0.5]);
  });

  it('refuses a row without mass, and one that does not exist', () => {
    expect(() => conditionalRow(sparse, 1)).toThrow('"i" expected a row that carries mass, got 1, which carries none');
    expect(() => conditionalRow(sparse, 3)).toThrow('"i" expected a whole number in [0, 2], got 3');
    expect(() => conditionalRow(dense, -1)).toThrow(RangeError);
  });
});

describe('barycentricProjection', () => {
  it('permutes the points exactly, under a permutation', () => {
    const y = [
      [0.1, 1],
      [0.2, 2],
      [0.3, 3],
    ];
    expect(barycentricProjection(permutation, y).points).toEqual(Float64Array.of(0.3, 3, 0.1, 1, 0.2, 2));
  });

  it('takes means where mass splits, and has none for a row without mass', () => {
    const { points, count, dim } = barycentricProjection(sparse, [0, 0, 2, 4], 2);
    expect([count, dim]).toEqual([3, 2]);
    expect(points).toEqual(Float64Array.of(1, 2, NaN, NaN, 2, 4));
  });

  it('refuses points of another count', () => {
    expect(() => barycentricProjection(sparse, [[1]])).toThrow('"coupling" expected shape [3, 1], got [3, 2]');
  });
});

describe('independentCoupling', () => {
  it('is the product measure, with the marginals it was given', () => {
    const a = [1, 2, 3];
    const b = [4, 2];
    const coupling = independentCoupling(a, b);
    expectAllClose(coupling.plan, [4 / 6, 2 / 6, 8 / 6, 4 / 6, 2, 1]);
    expectAllClose(marginals(coupling).a, a);
    expectAllClose(marginals(coupling).b, b);
  });

  it('refuses weights that are negative, not finite, all zero or of another total', () => {
    expect(() => independentCoupling([1, -1], [1])).toThrow(RangeError);
    expect(() => independentCoupling([NaN], [1])).toThrow(RangeError);
    expect(() => independentCoupling([0], [0])).toThrow(RangeError);
    expect(() => independentCoupling([1], [2])).toThrow('"b" expected the total mass 1 of "a", got 2');
  });
});

describe('transportCost', () => {
  it.each(all)('of a %s coupling is ⟨C,P⟩', (_, coupling) => {
    const { plan, rows, columns } = toDense(coupling);
    const costs = plan.map((_mass, at) => 1 + at * at);
    const expected = plan.reduce((sum, mass, at) => sum + mass * costs[at], 0);
    expectClose(transportCost(costMatrix(costs, { rows, columns }), coupling), expected, { relative: 1e-15 });
  });

  it('sums as if in twice the precision', () => {
    const coupling = { kind: 'dense', rows: 1, columns: 3, plan: Float64Array.of(1, 1, 1) } as const;
    expect(transportCost(costMatrix([[1e20, 1, -1e20]]), coupling)).toBe(1);
  });

  it('refuses a coupling of another shape', () => {
    expect(() => transportCost(pointClouds([[0]], [[1]]), sparse)).toThrow(
      '"coupling" expected shape [1, 1], got [3, 2]',
    );
  });
});

describe('every function of a coupling', () => {
  it('refuses what is no coupling', () => {
    for (const read of [marginals, toDense, toSparse]) {
      expect(() => read({} as Coupling)).toThrow(TypeError);
      expect(() => read(undefined as unknown as Coupling)).toThrow(TypeError);
    }
    expect(() => entries(null as unknown as Coupling).next()).toThrow(TypeError);
  });

  it('refuses arrays that do not fit each other', () => {
    expect(() => marginals({ ...dense, rows: 4 })).toThrow('"coupling.plan" expected length 8, got 6');
    expect(() => marginals({ ...permutation, rows: 4 })).toThrow(RangeError);
    expect(() => marginals({ ...sparse, mass: new Float64Array(2) })).toThrow(RangeError);
    expect(() => marginals({ ...implicit, f: new Float64Array(3) })).toThrow(RangeError);
    expect(() => marginals({ ...implicit, geometry: pointClouds([[0]], [[0], [1], [2]]) })).toThrow(
      '"coupling.geometry" expected shape [2, 3], got [1, 3]',
    );
  });

  it('names the array that is missing', () => {
    expect(() => marginals({ kind: 'permutation', rows: 2, columns: 2 } as Coupling)).toThrow(
      '"coupling.columnOfRow" expected an array, got undefined',
    );
    expect(() => marginals({ kind: 'sparse', rows: 2, columns: 2 } as Coupling)).toThrow('"coupling.rowIndex"');
  });

  it('refuses pairs that are out of order or come twice, where it reads all of them', () => {
    const unordered = { ...sparse, rowIndex: Int32Array.of(2, 0, 0) };
    const twice = { ...sparse, columnIndex: Int32Array.of(1, 1, 1) };
    for (const read of [marginals, toDense, toSparse, (coupling: Coupling) => entries(coupling).next()]) {
      expect(() => read(unordered)).toThrow(
        '"coupling" expected each pair once, ordered by row, then column, got (0, 1) at entry 1 after (2, 0)',
      );
      expect(() => read(twice)).toThrow('got (0, 1) at entry 1 after (0, 1)');
    }
  });

  it('refuses entries outside, and masses and potentials that are not finite, where it reads all of them', () => {
    const outside = { ...permutation, columnOfRow: permutation.columnOfRow.map((_, i) => (i === 1 ? 7 : 0)) };
    const negative = { ...sparse, rowIndex: sparse.rowIndex.map(() => -1) };
    const notFinite = [
      { ...permutation, massPerPair: NaN },
      { ...sparse, mass: sparse.mass.map(() => Infinity) },
      { ...dense, plan: dense.plan.map(() => NaN) },
      { ...implicit, f: implicit.f.map(() => NaN) },
      { ...implicit, epsilon: 0 },
    ];
    for (const read of [marginals, toDense, toSparse, (coupling: Coupling) => entries(coupling).next()]) {
      expect(() => read(outside)).toThrow('"coupling.columnOfRow[1]" expected a whole number in [0, ');
      expect(() => read(negative)).toThrow('"coupling.rowIndex[0]"');
      for (const coupling of notFinite) expect(() => read(coupling)).toThrow(RangeError);
    }
  });
});
