import type { GaussianField, JointGaussian } from '../../src/index.js';
import { jacobianOf, valuesOf } from './field-values.js';
import { combine, inverse, multiply, trace, transpose, type PlaneMatrix } from './plane-matrices.js';

/** E‖X₁ − X₀‖² of Gaussian ends in the plane: what their particles spend along segments. */
export function particleAction(joint: JointGaussian): number {
  const shift = Array.from(joint.mean1, (end, k) => end - joint.mean0[k]);
  return trace(velocityCovariance(joint)) + shift[0] ** 2 + shift[1] ** 2;
}

/** ∫₀¹ E‖v_t(X_t)‖² dt of a Gaussian field in the plane. */
export function fluidAction(field: GaussianField): number {
  return integrate((t) => {
    const { mean, covariance } = field.marginal(t);
    const slope = jacobianOf(field, mean, t);
    const drift = valuesOf(field, mean, t);
    return trace(multiply(multiply(slope, covariance), transpose(slope))) + drift[0] ** 2 + drift[1] ** 2;
  });
}

/** ∫₀¹ E Var(X₁ − X₀ | X_t) dt, by the Schur complement of the covariance of velocity and position; no field is asked. */
export function meanConditionalVariance(joint: JointGaussian): number {
  const [s0, s1, cross] = blocks(joint);
  const ofVelocity = velocityCovariance(joint);
  return integrate((t) => {
    const started = combine(combine([0, 0, 0, 0], (1 - t) ** 2, s0), t * (1 - t), combine(cross, 1, transpose(cross)));
    const position = combine(started, t * t, s1);
    const towards = combine(combine([0, 0, 0, 0], 1 - t, transpose(cross)), t, s1);
    const away = combine(combine([0, 0, 0, 0], 1 - t, s0), t, cross);
    const both = combine(towards, -1, away);
    return trace(combine(ofVelocity, -1, multiply(multiply(both, inverse(position)), transpose(both))));
  });
}

/** Cov(X₁ − X₀). */
function velocityCovariance(joint: JointGaussian): number[] {
  const [s0, s1, cross] = blocks(joint);
  return combine(combine(combine(s0, 1, s1), -1, cross), -1, transpose(cross));
}

function blocks({ covariance0, covariance1, crossCovariance = 0 }: JointGaussian): PlaneMatrix[] {
  return [covariance0, covariance1, crossCovariance].map((m) => (typeof m === 'number' ? [m, 0, 0, m] : m));
}

/** Simpson's rule on [0, 1] with 200 intervals. */
function integrate(integrand: (t: number) => number): number {
  let sum = 0;
  for (let k = 0; k <= 200; k++) sum += (k === 0 || k === 200 ? 1 : k % 2 === 1 ? 4 : 2) * integrand(k / 200);
  return sum / 600;
}
