import { describe, expect, it } from 'vitest';
import type { Kernels } from '../../src/index.js';
import { gibbsColumnSums, gibbsRows, gibbsRowSums } from '../../src/reference/gibbs-rows.js';
import { inArena, lengths, loadVariants, seededNumbers } from './variants.js';

const variants = await loadVariants();

// Exponents reach 50 here; their rounding, 50 · 2^-52 relative in each term, dominates the error of the exponential.
const tolerance = 5e-14;

describe.each(variants)('the Gibbs rows of the $name binary', ({ kernels }) => {
  it.each(lengths)('match the reference with %i columns and odd or even numbers of rows', (columns) => {
    for (const rows of [0, 1, 2, 3, 4, 5, 7]) checkMatrix(kernels, problem(rows, columns, 2));
  });

  it.each(lengths)('match the reference with %i rows', (rows) => {
    checkMatrix(kernels, problem(rows, 9, 2));
  });

  it.each([1, 2, 3, 8])('compute both costs of points of dimension %i on the way', (dim) => {
    for (const cost of [0, 1]) checkPoints(kernels, problem(6, 17, dim), cost);
  });

  it('give the same bits however the rows are cut into calls', () => {
    const given = problem(11, 13, 2);
    const whole = runMatrix(kernels, given, [11]);
    for (const cuts of [
      [1, 10],
      [4, 7],
      [3, 3, 5],
      [2, 2, 2, 2, 2, 1],
    ]) {
      expect(runMatrix(kernels, given, cuts)).toEqual(whole);
    }
  });

  it('floor terms far below the largest at 2^-1000, zero weights included, so that none is denormal', () => {
    const given = { ...problem(1, 3, 1), costs: [[0, 1e6, 0]], g: Float64Array.of(0, 0, 0) };
    given.logWeights = Float64Array.of(0, 0, -Infinity);
    const { terms } = runMatrix(kernels, given, [1]);
    expect(terms[0]).toEqual(Float64Array.of(1, 2 ** -1000, 2 ** -1000));
  });
});

interface Problem {
  costs: number[][];
  x: Float64Array;
  y: Float64Array;
  dim: number;
  g: Float64Array;
  logWeights: Float64Array;
  epsilon: number;
  scaling: Float64Array;
  factors: Float64Array;
}

interface Answer {
  terms: Float64Array[];
  sums: Float64Array;
  softMins: Float64Array;
  rescaled: Float64Array;
  columnSums: Float64Array;
}

function problem(rows: number, columns: number, dim: number): Problem {
  const x = seededNumbers(rows * dim, 1, -1, 1);
  const y = seededNumbers(columns * dim, 2, -1, 1);
  return {
    costs: Array.from({ length: rows }, (_, i) => Array.from(seededNumbers(columns, i + 3, 0, 4))),
    x,
    y,
    dim,
    g: seededNumbers(columns, 4, -1, 1),
    logWeights: seededNumbers(columns, 5, -3, 0),
    epsilon: 0.1,
    scaling: seededNumbers(columns, 6, 0.5, 2),
    factors: seededNumbers(rows, 7, 0, 1),
  };
}

function checkMatrix(kernels: Kernels, given: Problem): void {
  expectAgreement(runMatrix(kernels, given, [given.costs.length]), given, given.costs);
}

function checkPoints(kernels: Kernels, given: Problem, cost: number): void {
  const { x, y, dim } = given;
  const costs = Array.from({ length: x.length / dim }, (_, i) =>
    Array.from({ length: y.length / dim }, (_, j) => {
      let squared = 0;
      for (let k = 0; k < dim; k++) squared += (x[i * dim + k] - y[j * dim + k]) ** 2;
      return cost === 1 ? Math.sqrt(squared) : squared;
    }),
  );
  expectAgreement(runPoints(kernels, given, cost), given, costs);
}

function expectAgreement(got: Answer, given: Problem, costs: number[][]): void {
  const { terms, sums, softMins } = gibbsRows(costs, given.g, given.logWeights, given.epsilon);
  const columns = given.g.length;
  got.terms.forEach((row, i) => expectClose(row, terms[i]));
  expectClose(got.sums, sums);
  softMins.forEach((value, i) => expect(got.softMins[i]).toBeCloseTo(value, 12)); // infinite where there are no columns
  expectClose(got.rescaled, gibbsRowSums(terms, given.scaling));
  expectClose(got.columnSums, gibbsColumnSums(terms, given.factors, columns));
}

function expectClose(got: Float64Array, expected: Float64Array): void {
  expect(got.length).toBe(expected.length);
  const isFar = (value: number, k: number): boolean =>
    !(Math.abs(value - expected[k]) <= tolerance * Math.abs(expected[k]));
  expect(got.findIndex(isFar)).toBe(-1);
}

function runMatrix(kernels: Kernels, given: Problem, cuts: number[]): Answer {
  const columns = given.g.length;
  return run(kernels, given, given.costs.length, cuts, (first, count, offsets) => {
    const stride = padded(columns);
    const { arena, exports } = kernels;
    for (let i = first; i < first + count; i++)
      arena.float64(offsets.terms + i * stride * 8, columns).set(given.costs[i]);
    const { terms, g, logWeights, softMins, sums, scratch } = offsets;
    exports.gibbsRows(
      terms + first * stride * 8,
      count,
      columns,
      g,
      logWeights,
      given.epsilon,
      softMins + first * 8,
      sums + first * 8,
      scratch,
    );
  });
}

function runPoints(kernels: Kernels, given: Problem, cost: number): Answer {
  const { x, y, dim, epsilon } = given;
  const rows = x.length / dim;
  const columns = y.length / dim;
  return run(
    kernels,
    given,
    rows,
    [rows],
    (_first, count, { place, g, logWeights, terms, softMins, sums, scratch }) => {
      const source = place(x);
      kernels.exports.gibbsRowsPoints(
        source,
        count,
        place(y),
        columns,
        dim,
        cost,
        g,
        logWeights,
        epsilon,
        terms,
        softMins,
        sums,
        scratch,
      );
    },
  );
}

interface Offsets {
  terms: number;
  g: number;
  logWeights: number;
  softMins: number;
  sums: number;
  scratch: number;
  place: (values: Float64Array) => number;
}

function run(
  kernels: Kernels,
  given: Problem,
  rows: number,
  cuts: number[],
  build: (first: number, count: number, offsets: Offsets) => void,
): Answer {
  return inArena(kernels, () => {
    const { arena, exports } = kernels;
    const columns = given.g.length;
    const stride = padded(columns);
    const place = (values: Float64Array, length = values.length): number => {
      const offset = arena.allocate(length * 8);
      arena.float64(offset, length).fill(0).set(values);
      return offset;
    };
    const offsets: Offsets = {
      terms: arena.allocate(rows * stride * 8),
      g: place(given.g),
      logWeights: place(given.logWeights),
      softMins: arena.allocate(rows * 8),
      sums: arena.allocate(rows * 8),
      scratch: arena.allocate((2 + given.dim) * stride * 8),
      place,
    };
    const scaling = place(given.scaling, stride);
    const factors = place(given.factors);
    const rescaled = arena.allocate(rows * 8);
    const columnSums = place(new Float64Array(stride));
    let first = 0;
    for (const count of cuts) {
      build(first, count, offsets);
      const terms = offsets.terms + first * stride * 8;
      exports.gibbsRowSums(terms, count, columns, scaling, rescaled + first * 8);
      exports.gibbsColumnSums(terms, count, columns, factors + first * 8, columnSums);
      first += count;
    }
    return {
      terms: Array.from({ length: rows }, (_, i) => arena.float64(offsets.terms + i * stride * 8, columns).slice()),
      sums: arena.float64(offsets.sums, rows).slice(),
      softMins: arena.float64(offsets.softMins, rows).slice(),
      rescaled: arena.float64(rescaled, rows).slice(),
      columnSums: arena.float64(columnSums, columns).slice(),
    };
  });
}

function padded(columns: number): number {
  return Math.ceil(columns / 8) * 8;
}
