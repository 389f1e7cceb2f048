import { describe, expect, it } from 'vitest';
import { pairExtremes } from '../../src/reference/pair-extremes.js';
import { inArena, lengths, loadVariants, seededNumbers } from './variants.js';

const variants = await loadVariants();

describe.each(variants)('the extremes over all pairs by the $name binary', ({ kernels }) => {
  it.each(lengths)('have the bits of the reference for %i rows, whatever the columns', (rows) => {
    for (const columns of lengths.filter((length) => length < 100)) {
      const x = seededNumbers(2 * rows, 1);
      const y = seededNumbers(2 * columns, 2);
      check(x, seededNumbers(rows, 3), y, seededNumbers(columns, 4));
      check(y, seededNumbers(columns, 5), x, seededNumbers(rows, 6));
    }
  });

  it('find the one pair that matters, wherever it is', () => {
    const f = new Float64Array(7);
    const g = new Float64Array(5);
    const x = new Float64Array(14).fill(1);
    const y = new Float64Array(10).fill(1);
    for (let i = 0; i < 7; i++) {
      for (let j = 0; j < 5; j++) {
        const [one, other] = [f.with(i, 3), g.with(j, 0.5)];
        expect(run(x, one, y, other)).toEqual([3.5, 0]);
        const [far, near] = [x.with(2 * i + 1, 5), y.with(2 * j, -2)];
        expect(run(far, f, near, g)).toEqual([0, 25]);
      }
    }
  });

  it('have the bits of the reference far from the origin, for denormals and where squares overflow', () => {
    const x = Float64Array.of(1e15, 1e15 + 2, 1e-310, -1e-310, 1e200, 0, 4096, 4096);
    const y = Float64Array.of(1e15 + 2, 1e15, 0, -0, -1e200, 1, 4096, 4096, 3, 3);
    check(x, Float64Array.of(1, -1, 1e300, 0), y, Float64Array.of(0, 2, 1, 1e308, -5));
    check(x, Float64Array.of(1e308, 1e308, 1e308, 1e308), y, Float64Array.of(1e308, 0, 0, 0, 1e308));
  });

  it('ignore sums that are no numbers', () => {
    const x = Float64Array.of(1e200, 0, 1, 1);
    check(x, Float64Array.of(1.7e308, 0), Float64Array.of(0, 0, 2, 2), Float64Array.of(1.7e308, 0));
  });

  function check(x: Float64Array, f: Float64Array, y: Float64Array, g: Float64Array): void {
    expect(run(x, f, y, g)).toEqual(pairExtremes(x, f, y, g));
  }

  function run(x: Float64Array, f: Float64Array, y: Float64Array, g: Float64Array): number[] {
    const { arena, exports } = kernels;
    return inArena(kernels, () => {
      const [xAt, fAt, yAt, gAt] = [x, f, y, g].map((values) => {
        const offset = arena.allocate(values.byteLength);
        arena.float64(offset, values.length).set(values);
        return offset;
      });
      const out = arena.allocate(3 * 8);
      arena.float64(out, 3)[2] = -7;
      exports.pairExtremes(xAt, f.length, fAt, yAt, g.length, gAt, out);
      expect(arena.float64(out, 3)[2]).toBe(-7);
      return [...arena.float64(out, 2)];
    });
  }
});
