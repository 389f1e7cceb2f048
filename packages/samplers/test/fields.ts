import type { ArrayField } from '../src/index.js';

/** A field given coordinate by coordinate. */
export function scalarField(velocity: (x: number, t: number) => number, dim = 1): ArrayField {
  return {
    dim,
    evaluate(x, t, out) {
      for (let i = 0; i < x.length; i++) out[i] = velocity(x[i], t);
    },
  };
}

/** x' = x cos t, with the solution x(0)·e^(sin t): smooth and not autonomous. */
export const pulsating = scalarField((x, t) => x * Math.cos(t));

/** The factor by which {@link pulsating} has moved a point that started at time 0. */
export const pulsatingFlow = (t: number): number => Math.exp(Math.sin(t));

/** A rotation of the plane by ω per unit of time. */
export function rotation(omega: number): ArrayField {
  return {
    dim: 2,
    evaluate(x, _t, out) {
      for (let i = 0; i < x.length; i += 2) {
        out[i] = -omega * x[i + 1];
        out[i + 1] = omega * x[i];
      }
    },
  };
}
