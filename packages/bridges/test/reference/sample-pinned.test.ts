import { createRng } from '@brenier/random';
import { expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { brownian, ornsteinUhlenbeck, samplePinned } from '../../src/index.js';

describe('samplePinned', () => {
  it('draws from the law between the ends', () => {
    const reference = ornsteinUhlenbeck({ sigma: 1.5, rate: 0.8 });
    const n = 40_000;
    const states = samplePinned(
      createRng(1),
      reference,
      new Float64Array(n).fill(2),
      new Float64Array(n).fill(-1),
      0.3,
    );
    const { alpha, beta, gamma } = reference.pinned(0.3);
    const mean = states.reduce((sum, x) => sum + x, 0) / n;
    const variance = states.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n;
    // Four standard errors.
    expectClose(mean, 2 * alpha - beta, { absolute: (4 * gamma) / Math.sqrt(n) });
    expectClose(variance, gamma ** 2, { relative: 4 * Math.sqrt(2 / n) });
  });

  it('gives each pair its own time, and pairs with one time what that time alone gives', () => {
    const reference = brownian({ sigma: 0.5 });
    const x0 = [0, 1, 2, 3, 4, 5];
    const x1 = [6, 7, 8, 9, 10, 11];
    const each = samplePinned(createRng(3), reference, x0, x1, [0.2, 0.2, 0.2]);
    expect(samplePinned(createRng(3), reference, x0, x1, 0.2)).toEqual(each);
    const mixed = samplePinned(createRng(3), reference, x0, x1, [0, 0.2, 1]);
    expect([...mixed.subarray(0, 2), ...mixed.subarray(4)]).toEqual([0, 1, 10, 11]);
    expect(mixed.subarray(2, 4)).toEqual(each.subarray(2, 4));
  });

  it('stays a straight line where σ is tiny, and keeps ends that are far off', () => {
    const states = samplePinned(createRng(0), brownian({ sigma: 1e-90 }), [1e8], [3e8], 0.25);
    expectAllClose(states, [1.5e8], { relative: 1e-15 });
  });

  it('writes where it is told to, and takes empty clouds', () => {
    const out = new Float64Array(2);
    expect(samplePinned(createRng(0), brownian(), [1, 2], [3, 4], 0.5, out)).toBe(out);
    expect(samplePinned(createRng(0), brownian(), [], [], 0.5)).toHaveLength(0);
    expect(samplePinned(createRng(0), brownian(), [], [], [])).toHaveLength(0);
  });

  it('refuses lengths that do not fit and times outside [0, 1]', () => {
    const sample = (x1: number[], t: number | number[], out?: Float64Array) =>
      samplePinned(createRng(0), brownian(), [1, 2], x1, t, out);
    expect(() => sample([3], 0.5)).toThrow('"x1" expected length 2, got 1');
    expect(() => sample([3, NaN], 0.5)).toThrow('"x1[1]" expected a finite number, got NaN');
    expect(() => sample([3, 4], [0.1, 0.2, 0.3])).toThrow('"t" expected a number or one time per point');
    expect(() => sample([3, 4], [0.1, 1.2])).toThrow('"t" expected a number in [0, 1], got 1.2');
    expect(() => sample([3, 4], NaN)).toThrow(RangeError);
    expect(() => sample([3, 4], 0.5, new Float64Array(3))).toThrow('"out" expected length 2');
    expect(() => samplePinned(createRng(0), brownian(), 'ab' as never, [1, 2], 0.5)).toThrow(TypeError);
    expect(() => samplePinned(undefined as never, brownian(), [1], [2], 0.5)).toThrow('"rng"');
  });
});
