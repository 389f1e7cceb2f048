import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categorical, createAliasTable, createRng } from '../src/index.js';
import { chiSquare, chiSquareLimit } from './statistics.js';

/** The probability of each outcome, read off the table. */
function probabilities(weights: number[] | Float64Array): number[] {
  const { count, threshold, alias } = createAliasTable(weights);
  const p = new Array<number>(count).fill(0);
  for (let i = 0; i < count; i++) {
    p[i] += threshold[i] / count;
    p[alias[i]] += (1 - threshold[i]) / count;
  }
  return p;
}

describe('createAliasTable', () => {
  it('stores exactly the normalised weights', () => {
    const weights = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(weights, (w) => {
        const sum = w.reduce((total, each) => total + each, 0);
        fc.pre(sum > 0 && Number.isFinite(1 / sum));
        // At most n subtractions of numbers below n reach a column: n² ulp bounds what they lose, divided by n.
        probabilities(w).forEach((p, i) => expect(Math.abs(p - w[i] / sum)).toBeLessThan(2.3e-16 * (w.length + 4)));
      }),
    );
  });

  it('copes with weights near the ends of the double range', () => {
    expect(probabilities([8e307, 8e307, 2e-308])).toEqual([0.5, 0.5, expect.closeTo(0, 15)]);
    expect(probabilities([5e-324, 5e-324])).toEqual([0.5, 0.5]);
  });

  it('gives weight 0 no chance at all', () => {
    const table = createAliasTable([0, 0.1, 0, 0.7, 0, 0.2]);
    const rng = createRng(1);
    for (let i = 0; i < 20000; i++) expect(categorical(rng, table) % 2).toBe(1);
  });

  it('refuses weights that are not a measure', () => {
    expect(() => createAliasTable([])).toThrow(RangeError);
    expect(() => createAliasTable([0, 0])).toThrow(RangeError);
    expect(() => createAliasTable([1, -1])).toThrow('"weights[1]" expected a finite number >= 0, got -1');
    expect(() => createAliasTable([1, NaN])).toThrow(RangeError);
    expect(() => createAliasTable([1, Infinity])).toThrow(RangeError);
    expect(() => createAliasTable('12' as never)).toThrow(TypeError);
  });
});

describe('categorical', () => {
  it('draws outcomes in proportion to their weights', () => {
    const weights = Float64Array.from({ length: 40 }, (_, i) => i + 1);
    const table = createAliasTable(weights);
    const rng = createRng(2);
    const counts = new Float64Array(40);
    for (let i = 0; i < 82000; i++) counts[categorical(rng, table)]++;
    expect(
      chiSquare(
        counts,
        weights.map((w) => 100 * w),
      ),
    ).toBeLessThan(chiSquareLimit(39));
  });

  it('gives the only outcome of a table of one', () => {
    expect(categorical(createRng(1), createAliasTable([3]))).toBe(0);
  });

  it('refuses what is not a table', () => {
    expect(() => categorical(createRng(1), [1] as never)).toThrow('"table" expected what createAliasTable returns');
    expect(() => categorical(createRng(1), undefined as never)).toThrow(TypeError);
  });
});
