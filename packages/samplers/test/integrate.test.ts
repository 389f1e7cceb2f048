import { describe, expect, it } from 'vitest';
import { dormandPrince, euler, heun, integrate, midpoint, rk4 } from '../src/index.js';
import { observedOrder } from './observed-order.js';

// x' = x cos t has the solution x(t) = x(0) e^(sin t): smooth, non-autonomous, nonlinear in t.
const field = {
  dim: 1,
  evaluate(x: Float64Array, t: number, out: Float64Array) {
    for (let i = 0; i < x.length; i++) out[i] = x[i]! * Math.cos(t);
  },
};
const exact = Math.exp(Math.sin(2));

describe('the order of convergence', () => {
  const tableauOfDormandPrince = { ...dormandPrince(), kind: 'fixed-step' as const };
  for (const method of [euler(), midpoint(), heun(), rk4(), tableauOfDormandPrince]) {
    it(`is ${method.order} for ${method.name}`, () => {
      const counts = [16, 32, 64, 128];
      const errors = counts.map((numSteps) =>
        Math.abs(integrate(field, [1], { method, numSteps, to: 2 }).final[0]! - exact),
      );
      // The next term of the error expansion shifts the fitted slope by O(h).
      expect(observedOrder(counts, errors)).toBeCloseTo(method.order, 0);
    });
  }
});
