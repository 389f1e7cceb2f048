import { createRng, fillNormal } from '@brenier/random';
import { expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { clipScale, gradientNorm } from '../../src/optimizer/gradient-norm.js';

describe('the norm of a gradient', () => {
  it('is the Euclidean one, for any length', () => {
    for (const length of [0, 1, 2, 3, 4, 5, 1023, 1024, 1025, 4099]) {
      const gradient = fillNormal(createRng(length), new Float32Array(length));
      const plain = Math.sqrt(gradient.reduce((sum, entry) => sum + entry * entry, 0));
      expectClose(gradientNorm(gradient), plain, { relative: 1e-13 }); // thousands of float64 sums in another order
    }
  });

  it('is finite exactly where every entry is', () => {
    expect(gradientNorm(new Float32Array(5000).fill(3.4e38))).toBeLessThan(Infinity);
    for (const at of [0, 1, 2, 3, 1024, 4999]) {
      for (const entry of [NaN, Infinity, -Infinity]) {
        const gradient = new Float32Array(5000);
        gradient[at] = entry;
        expect(Number.isFinite(gradientNorm(gradient))).toBe(false);
      }
    }
  });
});

describe('clipping', () => {
  it("follows PyTorch's rule, and leaves short gradients alone", () => {
    expect(clipScale(10, 2)).toBe(2 / (10 + 1e-6));
    expect(clipScale(1, 2)).toBe(1);
    expect(clipScale(0, 1e-9)).toBe(1e-9 / 1e-6); // the rule's own 1e-6 shortens even a gradient of zero
    expect(clipScale(1e30, undefined)).toBe(1);
  });
});
