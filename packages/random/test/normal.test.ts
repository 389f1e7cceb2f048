import { describe, expect, it } from 'vitest';
import { createRng, fillNormal, normal, type Rng } from '../src/index.js';
import { kolmogorov, moment, normalCdf } from './statistics.js';

/** A generator whose uniforms are all the same. */
function constantRng(value: number): Rng {
  return { ...createRng(0), uint32: () => 0, uniform: () => value, fork: () => constantRng(value) };
}

describe('normal', () => {
  it('is the quantile of the middle of the uniform cell, symmetric and never infinite', () => {
    // Origin: mpmath, the quantile of 2^-54.
    expect(normal(constantRng(0))).toBeCloseTo(-8.292361075813595, 12);
    expect(normal(constantRng(1 - 2 ** -53))).toBe(-normal(constantRng(0)));
    expect(normal(constantRng(0.5))).toBe(-normal(constantRng(0.5 - 2 ** -53)));
    expect(normal(constantRng(0.25))).toBe(-normal(constantRng(0.75 - 2 ** -53)));
  });

  it('refuses what is no generator', () => {
    for (const value of [undefined, null, {}, 1, () => 0.5]) {
      expect(() => normal(value as never)).toThrow('"rng" expected an Rng such as createRng(0)');
    }
  });
});

describe('fillNormal', () => {
  it('fills with what normal() would have given', () => {
    const twin = createRng(1);
    const expected = Float64Array.from({ length: 7 }, () => 3 + 2 * normal(twin));
    expect(fillNormal(createRng(1), new Float64Array(7), { mean: 3, sd: 2 })).toEqual(expected);
  });

  it('goes on where the stream stands, behind any number of words, and leaves it where single draws would', () => {
    for (const words of [0, 1, 2, 3, 4, 5]) {
      for (const length of [1, 2, 3, 4, 5, 511, 512, 513, 1027]) {
        const [rng, twin] = [createRng(6), createRng(6)];
        for (let k = 0; k < words; k++) expect(rng.uint32()).toBe(twin.uint32());
        const expected = Float64Array.from({ length }, () => normal(twin));
        expect(fillNormal(rng, new Float64Array(length))).toEqual(expected);
        expect(rng.snapshot()).toEqual(twin.snapshot());
      }
    }
  });

  it('draws from any generator, in order', () => {
    let drawn = 0;
    const counting: Rng = { ...constantRng(0), uniform: () => ++drawn / 1000 };
    const expected = Float64Array.from({ length: 600 }, (_, i) => normal(constantRng((i + 1) / 1000)));
    expect(fillNormal(counting, new Float64Array(600))).toEqual(expected);
  });

  it('keeps the bits it gave when it was published', () => {
    // Recorded once; the words behind them are recorded in rng.test.ts.
    expect(Array.from(fillNormal(createRng(0), new Float64Array(4)))).toEqual([
      -2.9176414878604833, -1.207825869744156, -1.235635596708802, 2.2540417416361693,
    ]);
  });

  it('has the moments and the distribution function of N(0, 1)', () => {
    const z = fillNormal(createRng(2), new Float64Array(200000));
    // Five standard errors: the variances of z, z², z³, z⁴ are 1, 2, 15, 96.
    [0, 1, 0, 3].forEach((expected, i) => {
      const error = Math.sqrt([1, 2, 15, 96][i] / z.length);
      expect(Math.abs(moment(z, i + 1) - expected)).toBeLessThan(5 * error);
    });
    expect(kolmogorov(z, normalCdf)).toBeLessThan(2.7);
  });

  it('has the right number of draws beyond four standard deviations', () => {
    const z = fillNormal(createRng(3), new Float64Array(1000000));
    const count = z.filter((each) => Math.abs(each) > 4).length;
    // Poisson with mean 10⁶ · 6.334e-5 = 63.3, standard deviation 8; five of them.
    expect(Math.abs(count - 63.3)).toBeLessThan(40);
  });

  it('fills single precision and constants, and leaves an empty array alone', () => {
    expect(fillNormal(createRng(1), new Float32Array(2), { mean: 1.5, sd: 0 })).toEqual(new Float32Array([1.5, 1.5]));
    expect(fillNormal(createRng(1), new Float64Array(0)).length).toBe(0);
  });

  it('refuses bad arguments', () => {
    const rng = createRng(1);
    expect(() => fillNormal(new Float64Array(1) as never, rng as never)).toThrow(/"rng" expected an Rng/);
    expect(() => fillNormal(rng, 5 as never)).toThrow(TypeError);
    expect(() => fillNormal(rng, new Float64Array(1), { sd: -1 })).toThrow('"sd" expected a finite number >= 0');
    expect(() => fillNormal(rng, new Float64Array(1), { mean: Infinity })).toThrow(RangeError);
    expect(() => fillNormal(rng, new Float64Array(1), { std: 1 } as never)).toThrow(RangeError);
  });
});
