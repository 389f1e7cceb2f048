import { describe, expect, it } from 'vitest';
import { createRng, fillSphere } from '../src/index.js';
import { chiSquare, chiSquareLimit, kolmogorov, moment } from './statistics.js';

describe('fillSphere', () => {
  it.each([1, 2, 3, 10, 784])('makes unit vectors in dimension %d', (dim) => {
    const out = fillSphere(createRng(dim), new Float64Array(20 * dim), dim);
    for (let i = 0; i < 20; i++) {
      const norm = out.subarray(i * dim, (i + 1) * dim).reduce((sum, x) => sum + x * x, 0);
      // Each square is off by 3 ulp of itself at most, and the sum of the squares is 1.
      expect(Math.abs(norm - 1)).toBeLessThan(1e-15 * Math.sqrt(dim + 1));
    }
  });

  it('gives ±1 in dimension 1, each half of the time', () => {
    const out = fillSphere(createRng(1), new Float64Array(10000), 1);
    expect(out.every((x) => Math.abs(x) === 1)).toBe(true);
    expect(Math.abs(moment(out, 1))).toBeLessThan(5 / Math.sqrt(10000));
  });

  it('spreads angles evenly over the circle', () => {
    const out = fillSphere(createRng(2), new Float64Array(72000), 2);
    const counts = new Float64Array(36);
    for (let i = 0; i < out.length; i += 2) {
      const turn = Math.atan2(out[i + 1], out[i]) / (2 * Math.PI) + 0.5;
      counts[Math.floor(turn * 36) % 36]++;
    }
    expect(chiSquare(counts, new Float64Array(36).fill(1000))).toBeLessThan(chiSquareLimit(35));
  });

  it('has uniform heights on the sphere of three dimensions (Archimedes)', () => {
    const out = fillSphere(createRng(3), new Float64Array(60000), 3);
    const heights = out.filter((_, i) => i % 3 === 2);
    expect(kolmogorov(heights, (x) => (x + 1) / 2)).toBeLessThan(2.7);
  });

  it('fills single precision and leaves an empty array alone', () => {
    expect(fillSphere(createRng(3), new Float32Array(3), 3).every((x) => Math.abs(x) <= 1)).toBe(true);
    expect(fillSphere(createRng(3), new Float64Array(0), 3).length).toBe(0);
  });

  it('refuses lengths that are not a multiple of the dimension and bad dimensions', () => {
    const rng = createRng(1);
    const message = '"out" expected a length that is a multiple of dim 2, got 7';
    expect(() => fillSphere(rng, new Float64Array(7), 2)).toThrow(message);
    expect(() => fillSphere(rng, new Float64Array(4), 0)).toThrow(RangeError);
    expect(() => fillSphere(rng, new Float64Array(4), 1.5)).toThrow(RangeError);
    expect(() => fillSphere(rng, [1, 2] as never, 2)).toThrow(TypeError);
  });
});
