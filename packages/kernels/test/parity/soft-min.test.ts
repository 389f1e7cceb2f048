import { describe, expect, it } from 'vitest';
import type { Kernels } from '../../src/index.js';
import { pairwiseCosts } from '../../src/reference/pairwise-costs.js';
import { sinkhornSweep } from '../../src/reference/sinkhorn-sweep.js';
import { softMin } from '../../src/reference/soft-min.js';
import { inArena, lengths, loadVariants, seededNumbers } from './variants.js';

const variants = await loadVariants();
const padded = (count: number) => Math.ceil(count / 8) * 8;

describe.each(variants)('the soft-min of the $name binary', ({ kernels }) => {
  const { arena, exports } = kernels;

  it.each(lengths)('matches the oracle for %i columns and for %i rows', (length) => {
    for (const epsilon of [1, 0.01]) {
      checkStored(seededNumbers(7 * length, 1, 0, 4), 7, length, epsilon);
      checkStored(seededNumbers(7 * length, 2, 0, 4), length, 7, epsilon);
    }
  });

  it.each(lengths)('matches the oracle between 9 and %i points', (length) => {
    for (const [dim, cost] of [
      [1, 0],
      [2, 0],
      [5, 0],
      [3, 1],
    ] as const)
      checkPoints(9, length, dim, cost);
  });

  it('stays finite and exact for tiny temperatures and huge ranges of cost', () => {
    checkStored(seededNumbers(24, 3, 0, 1e6), 4, 6, 1e-6);
    checkStored(seededNumbers(24, 4, 1e8, 1e8 + 1), 4, 6, 0.01);
    checkStored(Float64Array.of(0, -0, 5e-324, 1e-310, 1e300, -1e300), 2, 3, 1);
    checkStored(new Float64Array(24), 4, 6, 0.1);
  });

  it('leaves out forbidden pairs and weights of zero, and is infinite where nothing is left', () => {
    const costs = Float64Array.of(1, Infinity, 2, Infinity, Infinity, Infinity);
    const logWeights = Float64Array.of(0, 0, -Infinity);
    const g = new Float64Array(3);
    expect(rows(costs, 2, 3, g, logWeights, 0.5)).toEqual(Float64Array.of(1, Infinity));
    expect(columns(costs, 2, 3, new Float64Array(2), undefined, 0.5)).toEqual(Float64Array.of(1, Infinity, 2));
    expect(rows(new Float64Array(0), 2, 0, new Float64Array(0), undefined, 1)).toEqual(
      Float64Array.of(Infinity, Infinity),
    );
    expect(columns(new Float64Array(0), 0, 2, new Float64Array(0), undefined, 1)).toEqual(
      Float64Array.of(Infinity, Infinity),
    );
  });

  it.each(lengths)('ends a Sinkhorn sweep over %i columns with the oracle’s potential and column sums', (length) => {
    const x = seededNumbers(6 * 2, 5);
    const y = seededNumbers(length * 2, 6);
    const costs = pairwiseCosts(x, y, 2, 0);
    const g = seededNumbers(length, 7, -0.2, 0.2);
    const logWeights = seededNumbers(length, 8, -3, -1);
    const a = seededNumbers(6, 9, 0, 1);
    const rowsOfCosts = Array.from({ length: 6 }, (_, i) => Array.from(costs.subarray(i * length, (i + 1) * length)));
    const oracle = sinkhornSweep(rowsOfCosts, g, logWeights, a, 0.1);
    for (const isStored of [true, false]) {
      const got = inArena(kernels, () => {
        const [potential, weights, masses] = [put(g), put(logWeights), put(a)];
        const [f, sums] = [put(new Float64Array(6)), put(new Float64Array(length))];
        const scratch = arena.allocate(5 * padded(length) * 8);
        if (isStored) exports.sinkhornSweep(put(costs), 6, length, potential, weights, masses, 0.1, f, sums, scratch);
        else {
          const [from, to] = [put(x), put(y)];
          exports.sinkhornSweepPoints(from, 6, to, length, 2, 0, potential, weights, masses, 0.1, f, sums, scratch);
        }
        return { f: arena.float64(f, 6).slice(), sums: arena.float64(sums, length).slice() };
      });
      expectClose(got.f, oracle.f, 1e-14);
      // Each term of a column sum is a power whose exponent, at most 100 here, carries a few roundings.
      expectClose(got.sums, oracle.columnSums, 1e-13);
    }
  });

  function checkStored(costs: Float64Array, rowCount: number, columnCount: number, epsilon: number): void {
    const f = seededNumbers(rowCount, 11);
    const g = seededNumbers(columnCount, 12);
    const a = seededNumbers(rowCount, 13, -9, 0);
    const b = seededNumbers(columnCount, 14, -9, 0);
    const row = (i: number) => costs.subarray(i * columnCount, (i + 1) * columnCount);
    const column = (j: number) => Float64Array.from({ length: rowCount }, (_, i) => costs[i * columnCount + j]);
    const expectedRows = Float64Array.from({ length: rowCount }, (_, i) => softMin(row(i), g, b, epsilon));
    const expectedColumns = Float64Array.from({ length: columnCount }, (_, j) => softMin(column(j), f, a, epsilon));
    expectClose(rows(costs, rowCount, columnCount, g, b, epsilon), expectedRows, 4e-15);
    expectClose(columns(costs, rowCount, columnCount, f, a, epsilon), expectedColumns, 4e-15);
  }

  function checkPoints(rowCount: number, columnCount: number, dim: number, cost: 0 | 1): void {
    const x = seededNumbers(rowCount * dim, 15);
    const y = seededNumbers(columnCount * dim, 16);
    const g = seededNumbers(columnCount, 17);
    const costs = pairwiseCosts(x, y, dim, cost);
    const got = inArena(kernels, () => {
      const out = put(new Float64Array(rowCount));
      const scratch = arena.allocate((3 + dim) * padded(columnCount) * 8);
      exports.softMinPoints(put(x), rowCount, put(y), columnCount, dim, cost, put(g), 0, 0.05, out, scratch);
      return arena.float64(out, rowCount).slice();
    });
    const ones = new Float64Array(columnCount);
    const row = (i: number) => costs.subarray(i * columnCount, (i + 1) * columnCount);
    expectClose(
      got,
      Float64Array.from({ length: rowCount }, (_, i) => softMin(row(i), g, ones, 0.05)),
      4e-15,
    );
  }

  function rows(
    costs: Float64Array,
    m: number,
    n: number,
    g: Float64Array,
    b: Float64Array | undefined,
    epsilon: number,
  ) {
    return inArena(kernels, () => {
      const out = put(new Float64Array(m));
      const scratch = arena.allocate(2 * padded(n) * 8);
      exports.softMinRows(put(costs), m, n, put(g), b ? put(b) : 0, epsilon, out, scratch);
      return arena.float64(out, m).slice();
    });
  }

  function columns(
    costs: Float64Array,
    m: number,
    n: number,
    f: Float64Array,
    a: Float64Array | undefined,
    epsilon: number,
  ) {
    return inArena(kernels, () => {
      const out = put(new Float64Array(n));
      const scratch = arena.allocate((2 * padded(n) + padded(m) + 16) * 8);
      exports.softMinColumns(put(costs), m, n, put(f), a ? put(a) : 0, epsilon, out, scratch);
      return arena.float64(out, n).slice();
    });
  }

  function put(values: Float64Array): number {
    return putInto(kernels, values);
  }
});

function putInto({ arena }: Kernels, values: Float64Array): number {
  const offset = arena.allocate(values.byteLength);
  arena.float64(offset, values.length).set(values);
  return offset;
}

/** Within `tolerance` times the scale of the numbers (at least 1, the scale of the potentials and of a few ε). */
function expectClose(got: Float64Array, expected: Float64Array, tolerance: number): void {
  expect(got.length).toBe(expected.length);
  const isOff = (value: number, i: number) =>
    value !== expected[i] && !(Math.abs(value - expected[i]) <= tolerance * Math.max(1, Math.abs(expected[i])));
  expect(got.findIndex(isOff)).toBe(-1);
}
