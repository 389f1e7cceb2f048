/**
 * Gauss–Legendre quadrature on [0, 1]: exact for polynomials of degree 2n − 1, and for functions analytic near [0, 1] of error ρ^(−2n).
 * Nodes by Newton's method on the three-term recurrence: G. H. Golub, J. H. Welsch, Math. Comp. 23 (1969), for why it is stable.
 */
import { cos } from '@brenier/elementary';

/** Nodes and weights of a quadrature. */
export interface Quadrature {
  /** Increasing, in (0, 1). */
  readonly nodes: Float64Array;
  /** Of sum 1. */
  readonly weights: Float64Array;
}

/** The rule with `count` nodes; O(count²). */
export function gaussLegendre(count: number): Quadrature {
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let x = -cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 1;
    // Five steps of a quadratically convergent method from a start whose error is O(1/count²).
    for (let step = 0; step < 5; step++) {
      const { value, derivative } = legendre(count, x);
      slope = derivative;
      x -= value / derivative;
    }
    nodes[i] = 0.5 * (1 + x);
    weights[i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

function legendre(degree: number, x: number): { value: number; derivative: number } {
  let before = 1;
  let value = x;
  for (let k = 2; k <= degree; k++) {
    const next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
    before = value;
    value = next;
  }
  return { value, derivative: (degree * (x * value - before)) / (x * x - 1) };
}
