import { expect } from 'vitest';
import { binary as relaxedBinary } from '../../src/generated/relaxed.js';
import { compileIfSupported } from '../../src/binary.js';
import { createKernels, type Kernels } from '../../src/index.js';

/** The lengths around every vector width, unrolling and block that the kernels use. */
export const lengths = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 64, 65, 1000];

/** Both single-threaded binaries. Node 20 has relaxed SIMD behind a flag that can still be set while it runs. */
export async function loadVariants(): Promise<{ name: string; kernels: Kernels }[]> {
  if (!compileIfSupported(relaxedBinary)) {
    globalThis.process?.getBuiltinModule?.('node:v8').setFlagsFromString('--experimental-wasm-relaxed-simd');
  }
  return [
    { name: 'plain', kernels: await createKernels() },
    { name: 'relaxed', kernels: await createKernels({ relaxedSimd: true }) },
  ];
}

/** Uniform numbers in [low, high), the same in every run (the multiplier of Park and Miller). */
export function seededNumbers(count: number, seed: number, low = -1, high = 1): Float64Array {
  let state = seed + 1;
  return Float64Array.from({ length: count }, () => {
    state = (state * 48271) % 2147483647;
    return low + ((high - low) * state) / 2147483647;
  });
}

/** Runs `use` and gives back what it allocated. */
export function inArena<T>({ arena }: Kernels, use: () => T): T {
  const mark = arena.mark();
  const result = use();
  arena.release(mark);
  return result;
}

/**
 * Asserts that two arrays are equal bit for bit (NaN equal to NaN, −0 not to +0); far quicker than a deep comparison.
 */
export function expectSameBits(got: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(got.length).toBe(expected.length);
  expect(Array.prototype.findIndex.call(got, (value, i) => !Object.is(value, expected[i]))).toBe(-1);
}
