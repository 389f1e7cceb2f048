import { describe, expect, it } from 'vitest';
import { expectClose } from '../src/close.js';
import { convergenceOrder } from '../src/convergence-order.js';

describe('convergenceOrder', () => {
  it('finds the exponent of a power law exactly', () => {
    const steps = [0.1, 0.05, 0.025, 0.0125];
    const { order, residual } = convergenceOrder(
      steps,
      steps.map((h) => 7 * h ** 4),
    );
    expectClose(order, 4, { relative: 1e-12 });
    expect(residual).toBeLessThan(1e-12);
  });

  it('reports a residual where the errors follow no power law', () => {
    expect(convergenceOrder([1, 0.1, 0.01], [1, 1e-1, 1]).residual).toBeGreaterThan(1);
  });

  it('refuses a single step size, and errors that are zero', () => {
    expect(() => convergenceOrder([0.1], [1])).toThrow(RangeError);
    expect(() => convergenceOrder([0.1, 0.2], [0, 1])).toThrow(RangeError);
  });
});
