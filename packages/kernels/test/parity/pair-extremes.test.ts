import { describe, expect, it } from 'vitest';
import { pairExtremes } from '../../src/reference/pair-extremes.js';
import { inArena, lengths, loadVariants, seededNumbers } from './variants.js';

const variants = await loadVariants();

describe.each(variants)('the extremes over all pairs by the $name binary', ({ kernels }) => {
  it.each(lengths)('have the bits of the reference for %i rows, whatever the columns', (rows) => {
    for (const columns of lengths.filter((length) => length < 100)) {
      const x = seededNumbers(2 * rows, 1);
      const y = seededNumbers(2 * columns, 2);
      check(2, x, seededNumbers(rows, 3), y, seededNumbers(columns, 4));
      check(2, y, seededNumbers(columns, 5), x, seededNumbers(rows, 6));
    }
  });

  it.each([1, 2, 3, 5, 16, 33, 784])('have the bits of the reference in dimension %i', (dim) => {
    for (const spread of [1e-150, 1e-6, 1, 1e20, 1e150]) {
      const x = seededNumbers(37 * dim, dim, -spread, spread);
      const y = seededNumbers(50 * dim, dim + 1, -spread, 2 * spread);
      for (const size of [0, 1, dim]) {
        const [f, g] = [37, 50].map((count) => seededNumbers(count, count).map((u) => u * size * spread ** 2));
        check(dim, x, f, y, g);
      }
    }
  });

  it('have the bits of the reference where all pairs are nearly tight', () => {
    for (const dim of [2, 5, 100]) {
      const x = seededNumbers(90 * dim, 7);
      const y = seededNumbers(70 * dim, 8);
      // Potentials of the least cost of each row and column: f_i + g_j − c_ij is 0 up to roundings for many pairs.
      const f = new Float64Array(90);
      const g = seededNumbers(70, 9);
      for (let i = 0; i < 90; i++) f[i] = Math.min(...g.map((gj, j) => squareBetween(x, i, y, j, dim) - gj));
      check(dim, x, f, y, g);
      // Too little for float32 to see: without its bound of errors, every second row would be passed over.
      for (let i = 0; i < 90; i++) check(dim, x, f.with(i, f[i] + 1e-10), y, g);
      const [same, nothing] = [x.map((_, at) => x[at % dim]), new Float64Array(90)];
      check(dim, same, nothing, same, nothing);
      check(dim, same, f, y, g);
    }
  });

  it('have the bits of the reference for clouds far from each other and from the origin', () => {
    for (const [fromOrigin, apart] of [
      [0, 1e3],
      [1e8, 0],
      [1e8, 1e8],
      [-1e15, 1e12],
    ]) {
      const x = seededNumbers(5 * 60, 1, fromOrigin, fromOrigin + 1);
      const y = seededNumbers(5 * 45, 2, fromOrigin + apart, fromOrigin + apart + 1);
      check(5, x, seededNumbers(60, 3), y, seededNumbers(45, 4));
      const f = Float64Array.from({ length: 60 }, (_, i) => squareBetween(x, i, y, 0, 5));
      check(5, x, f, y, new Float64Array(45));
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
        expect(run(2, x, one, y, other)).toEqual([3.5, 0]);
        const [far, near] = [x.with(2 * i + 1, 5), y.with(2 * j, -2)];
        expect(run(2, far, f, near, g)).toEqual([0, 25]);
      }
    }
  });

  it('have the bits of the reference far from the origin, for denormals and where squares overflow', () => {
    const x = Float64Array.of(1e15, 1e15 + 2, 1e-310, -1e-310, 1e200, 0, 4096, 4096);
    const y = Float64Array.of(1e15 + 2, 1e15, 0, -0, -1e200, 1, 4096, 4096, 3, 3);
    check(2, x, Float64Array.of(1, -1, 1e300, 0), y, Float64Array.of(0, 2, 1, 1e308, -5));
    check(2, x, Float64Array.of(1e308, 1e308, 1e308, 1e308), y, Float64Array.of(1e308, 0, 0, 0, 1e308));
  });

  it('ignore sums that are no numbers', () => {
    const x = Float64Array.of(1e200, 0, 1, 1);
    check(2, x, Float64Array.of(1.7e308, 0), Float64Array.of(0, 0, 2, 2), Float64Array.of(1.7e308, 0));
  });

  function check(dim: number, x: Float64Array, f: Float64Array, y: Float64Array, g: Float64Array): void {
    expect(run(dim, x, f, y, g)).toEqual(pairExtremes(x, f, y, g, dim));
  }

  function run(dim: number, x: Float64Array, f: Float64Array, y: Float64Array, g: Float64Array): number[] {
    const { arena, exports } = kernels;
    return inArena(kernels, () => {
      const [xAt, fAt, yAt, gAt] = [x, f, y, g].map((values) => {
        const offset = arena.allocate(values.byteLength);
        arena.float64(offset, values.length).set(values);
        return offset;
      });
      const out = arena.allocate(3 * 8);
      arena.float64(out, 3)[2] = -7;
      const bytes = exports.pairExtremesScratch(f.length, g.length, dim);
      const scratch = arena.allocate(bytes + 8);
      new Uint8Array(kernels.memory.buffer, scratch, bytes + 8).fill(0x7f);
      exports.pairExtremes(xAt, f.length, fAt, yAt, g.length, gAt, dim, out, scratch);
      expect(arena.float64(out, 3)[2]).toBe(-7);
      expect(new Uint8Array(kernels.memory.buffer, scratch + bytes, 8)).toEqual(new Uint8Array(8).fill(0x7f));
      return [...arena.float64(out, 2)];
    });
  }
});

function squareBetween(x: Float64Array, i: number, y: Float64Array, j: number, dim: number): number {
  let square = 0;
  for (let k = 0; k < dim; k++) square += (x[i * dim + k] - y[j * dim + k]) ** 2;
  return square;
}
