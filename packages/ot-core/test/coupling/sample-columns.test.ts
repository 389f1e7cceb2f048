import { createRng, fillNormal } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { sampleColumns, sinkhorn, toDense, type Coupling } from '../../src/index.js';
import { dense as gapped, implicit, permutation } from './sample-couplings.js';

const dense: Coupling = { ...gapped, plan: Float64Array.of(0.25, 0.125, 0.125, 0, 0, 0.5) };
const sparse: Coupling = {
  kind: 'sparse',
  rows: 3,
  columns: 2,
  rowIndex: Int32Array.of(0, 0, 1, 2),
  columnIndex: Int32Array.of(0, 1, 0, 1),
  mass: Float64Array.of(0.25, 0.125, 0.125, 0.5),
};

const all: [string, Coupling][] = [
  ['permutation', permutation],
  ['sparse', sparse],
  ['dense', dense],
  ['implicit', implicit],
];

describe('sampleColumns', () => {
  it.each(all)('draws the column of each row of a %s coupling in proportion to its mass', (_, coupling) => {
    const { rows, columns } = coupling;
    const { plan } = toDense(coupling);
    const count = 10_000;
    const seen = new Float64Array(rows * columns);
    const rng = createRng(5);
    for (let repeat = 0; repeat < count; repeat++) {
      sampleColumns(rng, coupling).forEach((column, row) => seen[row * columns + column]++);
    }
    for (let row = 0; row < rows; row++) {
      const law = plan.slice(row * columns, (row + 1) * columns);
      const mass = law.reduce((sum, each) => sum + each, 0);
      for (let column = 0; column < columns; column++) {
        const frequency = seen[row * columns + column] / count;
        // Each frequency has standard deviation at most ½ / √count = 0.005; the seed is fixed, five of them are allowed.
        expect(Math.abs(frequency - law[column] / mass)).toBeLessThan(0.025);
        if (law[column] === 0) expect(frequency).toBe(0);
      }
    }
  });

  it('uses each column of an entropic plan as often as its mass says, over blocks of rows', () => {
    const count = 700; // more than the 186 rows of one block
    const x = fillNormal(createRng(1), new Float64Array(2 * count));
    const y = fillNormal(createRng(2), new Float64Array(2 * 3));
    const { coupling } = sinkhorn({ points: x, count, dim: 2 }, { points: y, count: 3, dim: 2 }, { epsilon: 1 });
    const seen = [0, 0, 0];
    for (let seed = 0; seed < 20; seed++) for (const column of sampleColumns(createRng(seed), coupling)) seen[column]++;
    // A third of 14,000 each; sd at most √(14,000 · 2/9) = 56, as the draws of a stratified sample vary less.
    for (const each of seen) expect(Math.abs(each - 14_000 / 3)).toBeLessThan(4 * 56);
  });

  it.each(all)('gives the same columns of a %s coupling for the same seed', (_, coupling) => {
    expect(sampleColumns(createRng(3), coupling)).toEqual(sampleColumns(createRng(3), coupling));
  });

  it('hands out a copy of a permutation', () => {
    const columns = sampleColumns(createRng(0), permutation);
    columns.fill(-1);
    expect(sampleColumns(createRng(0), permutation)).toEqual(Int32Array.of(2, 0, 1));
  });

  it('refuses a missing generator, what is no coupling, and rows without mass', () => {
    expect(() => sampleColumns(undefined as never, sparse)).toThrow(TypeError);
    expect(() => sampleColumns(createRng(1), {} as Coupling)).toThrow(TypeError);
    expect(() => sampleColumns(createRng(1), gapped)).toThrow('expected mass in every row, got none in row 1');
    const { coupling } = sinkhorn([[0], [1]], [[0]], { epsilon: 1, a: [1, 0], b: [1] });
    expect(() => sampleColumns(createRng(1), coupling)).toThrow('got none in row 1');
  });
});
