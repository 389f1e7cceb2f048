import { describe, expect, it } from 'vitest';
import type { Kernels } from '../../src/index.js';
import { exponential } from '../../src/reference/exponential.js';
import { logarithm } from '../../src/reference/logarithm.js';
import { inArena, lengths, loadVariants, seededNumbers } from './variants.js';

const variants = await loadVariants();

// A maximal relative error of 4e-16 for the kernel and one unit in the last place (2.3e-16) for the engine's own
// function.
const tolerance = 6.5e-16;

const nastyExponents = [
  0, -0, 1, -1, 0.5, -0.5, 0.34657359027997264, 1e-300, -1e-300, 5e-324, 88, -88, 700, -700, 707.9, -707.9, -708, 709.7,
];
const nastyArguments = [
  1,
  2,
  0.5,
  10,
  1e-300,
  1e300,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
  1e-310,
  2.2250738585072014e-308,
  Math.SQRT1_2,
  Math.SQRT2,
  1 + Number.EPSILON,
  1 - Number.EPSILON / 2,
  1.0000001,
  0.9999999,
  1e-5,
];

describe.each(variants)('the elementwise functions of the $name binary', ({ kernels }) => {
  it.each(lengths)('take the exponential of %i numbers within 4e-16', (length) => {
    const x = seededNumbers(length, length, -700, 700);
    expectClose(run(kernels, 'exponential', x), x.map(Math.exp));
  });

  it.each(lengths)('take the logarithm of %i numbers within 4e-16', (length) => {
    const x = seededNumbers(length, length, -700, 700).map(Math.exp);
    expectClose(run(kernels, 'logarithm', x), x.map(Math.log));
  });

  it('stay within the bound for extreme numbers', () => {
    const exponents = Float64Array.from(nastyExponents);
    expectClose(run(kernels, 'exponential', exponents), exponents.map(Math.exp));
    const values = Float64Array.from(nastyArguments);
    expectClose(run(kernels, 'logarithm', values), values.map(Math.log));
  });

  it('stay within the bound near 1 and near 0, where cancellation would show', () => {
    const x = seededNumbers(4000, 3, 0.6, 1.6);
    expectClose(run(kernels, 'logarithm', x), x.map(Math.log));
    const small = seededNumbers(4000, 4, -1, 1);
    expectClose(run(kernels, 'exponential', small), small.map(Math.exp));
  });

  it('define the exponential outside the range of normal numbers', () => {
    const x = Float64Array.of(Infinity, -Infinity, NaN, 710, -708.0001, -745, 1e300, -1e300);
    expect(run(kernels, 'exponential', x)).toEqual(Float64Array.of(Infinity, 0, NaN, Infinity, 0, 0, Infinity, 0));
  });

  it('define the logarithm of zero, infinity and negative numbers', () => {
    const x = Float64Array.of(0, -0, Infinity, -1, -Infinity, NaN, 1);
    expect(run(kernels, 'logarithm', x)).toEqual(Float64Array.of(-Infinity, -Infinity, Infinity, NaN, NaN, NaN, 0));
  });

  it('never return a denormal exponential', () => {
    const x = seededNumbers(2000, 5, -760, -700);
    const isDenormal = (value: number) => value !== 0 && value < 2.2250738585072014e-308;
    expect(run(kernels, 'exponential', x).some(isDenormal)).toBe(false);
  });
});

describe('the elementwise functions of the plain binary', () => {
  it('have the bits of the references', () => {
    const { kernels } = variants[0];
    const x = seededNumbers(5000, 6, -720, 720);
    expect(run(kernels, 'exponential', x)).toEqual(x.map(exponential));
    const values = Float64Array.of(...nastyArguments, ...x.map(Math.exp));
    expect(run(kernels, 'logarithm', values)).toEqual(values.map(logarithm));
  });
});

function run(kernels: Kernels, kernel: 'exponential' | 'logarithm', x: Float64Array): Float64Array {
  return inArena(kernels, () => {
    const { arena, exports } = kernels;
    const offset = arena.allocate(x.byteLength);
    const out = arena.allocate(x.byteLength + 8);
    arena.float64(offset, x.length).set(x);
    arena.float64(out, x.length + 1).fill(-7);
    exports[kernel](offset, out, x.length);
    expect(arena.float64(out, x.length + 1)[x.length]).toBe(-7);
    return arena.float64(out, x.length).slice();
  });
}

function expectClose(got: Float64Array, expected: Float64Array): void {
  expect(got.length).toBe(expected.length);
  const worst = got.reduce((top, value, i) => {
    const error = value === expected[i] ? 0 : Math.abs(value - expected[i]) / Math.abs(expected[i]);
    return Math.max(top, error);
  }, 0);
  expect(worst).toBeLessThan(tolerance);
}
