import { describe, expect, it } from 'vitest';
import { createRng, fillUniform } from '../src/index.js';
import { chiSquare, chiSquareLimit, kolmogorov } from './statistics.js';

describe('fillUniform', () => {
  it('fills with what uniform() would have given', () => {
    const twin = createRng(1);
    const expected = Float64Array.from({ length: 5 }, () => twin.uniform());
    expect(fillUniform(createRng(1), new Float64Array(5))).toEqual(expected);
  });

  it('passes the Kolmogorov test', () => {
    expect(kolmogorov(fillUniform(createRng(2), new Float64Array(100000)), (x) => x)).toBeLessThan(2.7);
  });

  it('passes χ² on pairs of successive numbers in a grid of 16 by 16', () => {
    const u = fillUniform(createRng(3), new Float64Array(200000));
    const counts = new Float64Array(256);
    for (let i = 0; i < u.length; i += 2) counts[16 * Math.floor(16 * u[i]) + Math.floor(16 * u[i + 1])]++;
    expect(chiSquare(counts, new Float64Array(256).fill(100000 / 256))).toBeLessThan(chiSquareLimit(255));
  });

  it('passes χ² on the lowest byte of its 53 bits', () => {
    const counts = new Float64Array(256);
    const u = fillUniform(createRng(4), new Float64Array(100000));
    for (const each of u) counts[(each * 2 ** 53) % 256]++;
    expect(chiSquare(counts, new Float64Array(256).fill(100000 / 256))).toBeLessThan(chiSquareLimit(255));
  });

  it('scales to an interval, fills single precision, and leaves an empty array alone', () => {
    const wide = fillUniform(createRng(5), new Float32Array(1000), { low: -2, high: 6 });
    expect(wide.every((x) => x >= -2 && x <= 6)).toBe(true);
    expect(Math.max(...wide) - Math.min(...wide)).toBeGreaterThan(7.9);
    expect(fillUniform(createRng(5), new Float64Array(2), { low: 3, high: 3 })).toEqual(new Float64Array([3, 3]));
    expect(fillUniform(createRng(5), new Float64Array(0)).length).toBe(0);
  });

  it('refuses bad arguments', () => {
    const rng = createRng(1);
    expect(() => fillUniform(undefined as never, new Float64Array(1))).toThrow(/"rng" expected an Rng/);
    expect(() => fillUniform(rng, [1, 2] as never)).toThrow('"out" expected a Float64Array or a Float32Array, got');
    expect(() => fillUniform(rng, new Float64Array(1), { low: 2, high: 1 })).toThrow(RangeError);
    expect(() => fillUniform(rng, new Float64Array(1), { low: NaN })).toThrow(RangeError);
    expect(() => fillUniform(rng, new Float64Array(1), { low: -1.7e308, high: 1.7e308 })).toThrow(/finite distance/);
    expect(() => fillUniform(rng, new Float64Array(1), { max: 1 } as never)).toThrow('got "max"');
  });
});
