import { describe, expect, it } from 'vitest';
import { expectAllClose } from '../src/close.js';
import { centralDifferences } from '../src/finite-differences.js';

describe('centralDifferences', () => {
  it('gives the gradient of a smooth function to about h²', () => {
    const gradient = centralDifferences(([x, y]) => Math.sin(x) * y * y, Float64Array.of(0.5, 3));
    expectAllClose(gradient, [Math.cos(0.5) * 9, 6 * Math.sin(0.5)], { relative: 1e-9 });
  });

  it('leaves its argument as it was', () => {
    const x = Float64Array.of(1, 2);
    centralDifferences((point) => point.fill(0)[0], x);
    expect(x).toEqual(Float64Array.of(1, 2));
  });
});
