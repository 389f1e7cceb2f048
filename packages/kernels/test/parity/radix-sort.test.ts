import { describe, expect, it } from 'vitest';
import type { Kernels } from '../../src/index.js';
import { argsort } from '../../src/reference/radix-sort.js';
import { expectSameBits, inArena, lengths, loadVariants, seededNumbers } from './variants.js';

type Floats = Float64Array | Float32Array;

const variants = await loadVariants();
const kinds = [
  { kind: 'float64', make: (values: Float64Array) => values },
  { kind: 'float32', make: (values: Float64Array) => Float32Array.from(values) },
];
const cases = variants.flatMap((variant) => kinds.map((kind) => ({ ...variant, ...kind })));

describe.each(cases)('$kind radix sort of the $name binary', ({ kernels, make }) => {
  // 2047 and 2048 lie on either side of the change from 8-bit to 11-bit digits.
  it.each([...lengths, 2047, 2048, 5000])('orders %i keys as a stable comparison sort does', (count) => {
    check(make(seededNumbers(count, count)));
    check(make(seededNumbers(count, count, -3, 3).map(Math.round)));
    check(make(seededNumbers(count, count, 1, 1.000001)));
    check(make(seededNumbers(count, count).sort()));
    check(make(seededNumbers(count, count).sort().reverse()));
  });

  it('orders zeros of both signs, denormals, infinities and huge ranges', () => {
    const nasty = [0, -0, 5e-324, -5e-324, 1e-40, -1e-40, Infinity, -Infinity, 3e38, -3e38, 1, -1, 1, 0, -0, 1e-30];
    check(make(Float64Array.from(nasty)));
    check(make(Float64Array.from({ length: 3000 }, (_, i) => nasty[(i * 7) % nasty.length])));
  });

  it('leaves equal keys where they are', () => {
    check(make(new Float64Array(300).fill(2.5)));
  });

  function check(keys: Floats): void {
    const { sorted, payload } = run(kernels, keys, true);
    const order = argsort(keys);
    expectSameBits(payload, order);
    expectSameBits(sorted, keys.slice().sort());
    expectSameBits(run(kernels, keys, false).sorted, sorted);
  }
});

function run(kernels: Kernels, keys: Floats, hasPayload: boolean): { sorted: Floats; payload: Int32Array } {
  const { arena, exports } = kernels;
  const count = keys.length;
  const isDouble = keys instanceof Float64Array;
  return inArena(kernels, () => {
    const offset = arena.allocate(keys.byteLength);
    const payload = arena.allocate(count * 4);
    const scratch = arena.allocate(exports.radixSortScratch(count, keys.BYTES_PER_ELEMENT));
    const end = arena.allocate(8);
    const view: Floats = isDouble ? arena.float64(offset, count) : arena.float32(offset, count);
    view.set(keys);
    arena.int32(payload, count).set(Int32Array.from({ length: count }, (_, i) => i));
    arena.float64(end, 1)[0] = -7;
    const kernel = isDouble ? exports.radixSort64 : exports.radixSort32;
    kernel(offset, hasPayload ? payload : 0, count, scratch);
    expect(arena.float64(end, 1)[0]).toBe(-7);
    return { sorted: view.slice(), payload: arena.int32(payload, count).slice() };
  });
}
