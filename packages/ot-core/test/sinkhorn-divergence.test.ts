import { createRng, fillNormal } from '@brenier/random';
import { expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pointClouds, sinkhornDivergence } from '../src/index.js';

function cloud(seed: number, count: number) {
  return { points: fillNormal(createRng(seed), new Float64Array(count * 2)), count, dim: 2 };
}

describe('sinkhornDivergence', () => {
  it('finds the converged value between {0, 1} and {0, 1, 2, 3} at ε = 0.1', () => {
    const { divergence, sharpDivergence, status } = sinkhornDivergence([[0], [1]], [[0], [1], [2], [3]], {
      epsilon: 0.1,
      tolerance: 1e-11,
    });
    expect(status).toBe('converged');
    // Of transport costs: 1.499887176049052, printed in a well-known docstring, is not converged; this is.
    expectClose(sharpDivergence, 1.4999659526290725, { relative: 1e-8 });
    // Of entropic costs: Newton's method on the dual in numpy, to a marginal error of 1e-15.
    expectClose(divergence, 1.4653460458379148, { relative: 1e-12 });
  });

  it('is symmetric, not negative, and 0 between a cloud and itself', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 8 }), fc.constantFrom(0.5, 2, 50), (seed, count, epsilon) => {
        const x = cloud(seed, count);
        const y = cloud(seed + 1, 5);
        const { divergence } = sinkhornDivergence(x, y, { epsilon });
        expectClose(sinkhornDivergence(y, x, { epsilon }).divergence, divergence, { relative: 1e-9, absolute: 1e-9 });
        expect(divergence).toBeGreaterThan(-1e-12 * epsilon);
        expect(sinkhornDivergence(x, x, { epsilon }).divergence).toBe(0);
      }),
      { numRuns: 15 },
    );
  });

  it('is positive between unlike clouds for ‖x−y‖^q with q ≤ 2, and may be negative for q = 4', () => {
    const between = (power: number) =>
      sinkhornDivergence([[0], [0]], [[-1], [1]], { epsilon: 1000, cost: { p: 2, power }, tolerance: 1e-10 })
        .divergence;
    for (const power of [0.5, 1, 1.5, 2]) expect(between(power)).toBeGreaterThan(0);
    // As ε → ∞ it is E|x−y|^q − ½ E|y−y′|^q = 1 − 2^(q−2): −3 for q = 4, up to terms of order 1/ε (variances of costs, at most 64).
    expectClose(between(4), -3, { absolute: 0.064 });
    expectClose(between(1), 0.5, { absolute: 0.001 });
  });

  it('is the squared length of a translation', () => {
    const x = cloud(1, 12);
    const y = { ...x, points: x.points.map((each, at) => each + (at % 2 === 0 ? 3 : -1)) };
    expectClose(sinkhornDivergence(x, y, { epsilon: 0.5, tolerance: 1e-11 }).divergence, 10, { relative: 1e-10 });
  });

  it('gives the derivatives by the masses', () => {
    const x = cloud(2, 3);
    const y = cloud(3, 4);
    const at = (step: number) => {
      const a = [0.3 + step, 0.3 - step, 0.4];
      return sinkhornDivergence(x, y, { a, b: [0.1, 0.2, 0.3, 0.4], epsilon: 0.5, tolerance: 1e-12 });
    };
    const { f } = at(0);
    const slope = (at(1e-5).divergence - at(-1e-5).divergence) / 2e-5;
    // central differences: error of order step², rounding 1e-15/1e-5
    expectClose(f[0] - f[1], slope, { relative: 1e-7, absolute: 1e-8 });
  });

  it('says when a term did not converge, and refuses what sinkhorn refuses', () => {
    const x = cloud(4, 20);
    expect(sinkhornDivergence(x, cloud(5, 20), { epsilon: 0.01, maxIterations: 2 }).status).toBe('max-iterations');
    expect(() => sinkhornDivergence(x, x, { epsilon: -1 })).toThrow('"epsilon"');
    expect(() => sinkhornDivergence(x, x, 0.1 as never)).toThrow('"options" expected an options object');
    expect(() => sinkhornDivergence(pointClouds(x, x) as never, { epsilon: 1 } as never, undefined as never)).toThrow(
      '"x" expected a point cloud',
    );
    expect(() => sinkhornDivergence([], x, { epsilon: 1 })).toThrow('"x"');
    expect(() => sinkhornDivergence(x, [[1]], { epsilon: 1 })).toThrow('"y"');
    expect(() => sinkhornDivergence(x, x, { epsilon: 1, blur: 2 } as { epsilon: number })).toThrow('got "blur"');
  });
});
