import { describe, expect, it } from 'vitest';
import type { Kernels } from '../../src/index.js';
import { pairwiseCosts } from '../../src/reference/pairwise-costs.js';
import { expectSameBits, inArena, lengths, loadVariants, seededNumbers } from './variants.js';

type Floats = Float64Array | Float32Array;

const variants = await loadVariants();
const kinds = [
  { kind: 'float64', make: (values: Float64Array) => values, epsilon: 2 ** -53, tiny: 2 ** -1022, huge: 1e150 },
  {
    kind: 'float32',
    make: (values: Float64Array) => Float32Array.from(values),
    epsilon: 2 ** -24,
    tiny: 2 ** -126,
    huge: 1e18,
  },
];
const cases = variants.flatMap((variant) => kinds.map((kind) => ({ ...variant, ...kind })));

describe.each(cases)('$kind pairwise costs of the $name binary', ({ name, kernels, make, epsilon, tiny, huge }) => {
  it.each(lengths)('match the oracle for clouds of %i points', (count) => {
    for (const dim of [1, 2, 3, 7]) {
      const x = make(seededNumbers(Math.min(count, 70) * dim, 1));
      const y = make(seededNumbers(count * dim, 2));
      check(x, y, dim);
      check(y, x, dim);
    }
  });

  it.each(lengths.filter((length) => length > 0))('match the oracle in dimension %i', (dim) => {
    check(make(seededNumbers(5 * dim, 3)), make(seededNumbers(11 * dim, 4)), dim);
  });

  it('match the oracle for zeros of both signs, denormals, duplicates and huge ranges', () => {
    const x = make(Float64Array.of(0, -0, 1e-310, 1e-40, 1e-20, 1, 1, 4096, -4096, 1e15));
    check(x, x, 1);
    check(x, x, 2);
    check(make(Float64Array.of(huge, 0)), make(Float64Array.of(-huge, 1)), 1);
  });

  it('lose nothing far from the origin', () => {
    const x = make(Float64Array.of(2 ** 23, 2 ** 23 + 1));
    expect(run(kernels, x, x, 1, 0)).toEqual(make(Float64Array.of(0, 1, 1, 0)));
  });

  // Each of dim terms carries the roundings of a difference (twice), a square and at most dim additions; the root
  // halves that and adds its own. Squares that underflow lose up to the smallest normal number each.
  function check(x: Floats, y: Floats, dim: number): void {
    for (const cost of [0, 1] as const) {
      const got = run(kernels, x, y, dim, cost);
      const expected = pairwiseCosts(Float64Array.from(x), Float64Array.from(y), dim, cost);
      const floor = cost === 0 ? dim * tiny : Math.sqrt(dim * tiny);
      const isOff = (value: number, i: number) =>
        !(Math.abs(value - expected[i]) <= (dim + 5) * epsilon * expected[i] + floor);
      expect(got.length).toBe(expected.length);
      expect(got.findIndex(isOff)).toBe(-1);
      if (name === 'plain') expectSameBits(got, pairwiseCosts(x, y, dim, cost));
    }
  }
});

function run(kernels: Kernels, x: Floats, y: Floats, dim: number, cost: 0 | 1): Floats {
  const { arena, exports } = kernels;
  const isDouble = x instanceof Float64Array;
  const view = (offset: number, length: number): Floats =>
    isDouble ? arena.float64(offset, length) : arena.float32(offset, length);
  return inArena(kernels, () => {
    const rows = x.length / dim;
    const columns = y.length / dim;
    const [xOffset, yOffset] = [arena.allocate(x.byteLength), arena.allocate(y.byteLength)];
    const out = arena.allocate((rows * columns + 1) * 8);
    const scratch = arena.allocate(Math.ceil(columns / 8) * 64 * dim + 128);
    view(xOffset, x.length).set(x);
    view(yOffset, y.length).set(y);
    view(out, rows * columns + 1)[rows * columns] = -7;
    const kernel = isDouble ? exports.pairwiseCosts64 : exports.pairwiseCosts32;
    kernel(xOffset, rows, yOffset, columns, dim, cost, out, scratch);
    expect(view(out, rows * columns + 1)[rows * columns]).toBe(-7);
    return view(out, rows * columns).slice();
  });
}
