import { createRng, fillNormal } from '@brenier/random';
import { expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { negativeLogLikelihood } from '../src/index.js';

describe('negativeLogLikelihood', () => {
  it('approaches the entropy ½ log 2πe of normal samples under their own density', () => {
    const densities = fillNormal(createRng(1), new Float64Array(5000)).map((z) => -(z * z + Math.log(2 * Math.PI)) / 2);
    const { value, standardError } = negativeLogLikelihood(densities);
    expect(Math.abs(value - 0.5 * Math.log(2 * Math.PI * Math.E))).toBeLessThan(4 * standardError);
    // The variance of z²/2 is ½.
    expectClose(standardError, Math.sqrt(0.5 / 5000), { relative: 0.1 });
  });

  it('divides by the dimension, and by log 2 for bits', () => {
    const { value, perDimension, bitsPerDimension } = negativeLogLikelihood([-8 * Math.LN2], { dim: 4 });
    expectClose(value, 8 * Math.LN2);
    expectClose(perDimension, 2 * Math.LN2);
    expectClose(bitsPerDimension, 2);
  });

  it('keeps the spread of log densities far from 0', () => {
    const { standardError } = negativeLogLikelihood([-1e15 - 1, -1e15 - 3]);
    expect(standardError).toBe(1);
  });

  it('is infinite where a sample has density 0, and knows no error from one sample', () => {
    expect(negativeLogLikelihood([-1, -Infinity])).toMatchObject({ value: Infinity, standardError: Infinity });
    expect(negativeLogLikelihood([-Infinity, -1]).value).toBe(Infinity);
    expect(negativeLogLikelihood([-3])).toMatchObject({ value: 3, standardError: Infinity });
  });

  it('refuses no samples, NaN and +∞', () => {
    expect(() => negativeLogLikelihood([])).toThrow('at least one');
    expect(() => negativeLogLikelihood([0, NaN])).toThrow('"logDensities[1]" expected a number below ∞, got NaN');
    expect(() => negativeLogLikelihood([Infinity])).toThrow(RangeError);
    expect(() => negativeLogLikelihood([0, '1'] as never)).toThrow(TypeError);
    expect(() => negativeLogLikelihood([0], { dim: 0 })).toThrow('"dim"');
    expect(() => negativeLogLikelihood([0], { base: 2 } as never)).toThrow('got "base"');
  });
});
