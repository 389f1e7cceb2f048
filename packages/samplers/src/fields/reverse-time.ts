/**
 * The fields that belong to one diffusion dX = b(X, t) dt + σ(t) dW with marginals p_t: the drift of the same process seen from its
 * end, and the velocity of the flow with the same marginals. B. D. O. Anderson, Reverse-time diffusion equation models, Stochastic
 * Process. Appl. 12 (1982); Y. Song, J. Sohl-Dickstein, D. P. Kingma, A. Kumar, S. Ermon, B. Poole, Score-based generative modeling
 * through stochastic differential equations, ICLR 2021, equations (6) and (13). Cost: one evaluation of each part. They are as good
 * as the score; where σ(t) = 0 it is not asked.
 */
import type { ArrayField } from '../field.js';
import { checkDiffusion, checkField, type Diffusion } from './field-guards.js';
import { fieldSum } from './field-sum.js';
import { writingField } from './writing-field.js';

/**
 * The drift of a diffusion in reverse time, b − σ²∇log p_t: what `integrateSde` follows from 1 to 0, with the same σ.
 *
 * Time keeps its name: the field is evaluated at the t of the forward process, and the steps of the integrator are negative.
 *
 * @param drift - b of the forward equation
 * @param score - ∇log p_t
 * @param diffusion - σ ≥ 0, or σ(t), of the forward equation
 * @returns the drift for `from: 1, to: 0`
 * @throws TypeError or RangeError where an argument is not valid or the dimensions differ
 *
 * @example
 * Brownian motion from a point at 0 has the law N(0, t). Run back from N(0, 1), it ends near that point.
 * ```ts
 * import { createRng, fillNormal } from '@brenier/random';
 * import { eulerMaruyama, integrateSde, reverseTimeSde } from '@brenier/samplers';
 *
 * const drift = { dim: 1, evaluate: (x: Float64Array, t: number, out: Float64Array) => out.fill(0) };
 * const score = {
 *   dim: 1,
 *   evaluate(x: Float64Array, t: number, out: Float64Array) {
 *     for (let i = 0; i < x.length; i++) out[i] = -x[i] / t;
 *   },
 * };
 * const noise = fillNormal(createRng(0), new Float64Array(500));
 * const options = { method: eulerMaruyama(), diffusion: 1, numSteps: 99, from: 1, to: 0.01 };
 * const { final } = integrateSde(createRng(1), reverseTimeSde(drift, score, 1), noise, options);
 * final.every((x) => Math.abs(x) < 0.5); // => true
 * ```
 */
export function reverseTimeSde(drift: ArrayField, score: ArrayField, diffusion: Diffusion): ArrayField {
  return withScore('drift', drift, score, diffusion, 1);
}

/**
 * The velocity b − ½σ²∇log p_t, whose flow has the marginals of a diffusion: what `integrate` and `logLikelihood` take, forwards or
 * backwards in time.
 *
 * @param drift - b of the forward equation
 * @param score - ∇log p_t
 * @param diffusion - σ ≥ 0, or σ(t), of the forward equation
 * @returns the velocity; it has Jacobian products where drift and score have them
 * @throws TypeError or RangeError where an argument is not valid or the dimensions differ
 *
 * @example
 * Brownian motion from N(0, 1) has the law N(0, 1 + t): its flow stretches by √2 until time 1.
 * ```ts
 * import { integrate, probabilityFlow, rk4 } from '@brenier/samplers';
 *
 * const drift = { dim: 1, evaluate: (x: Float64Array, t: number, out: Float64Array) => out.fill(0) };
 * const score = {
 *   dim: 1,
 *   evaluate(x: Float64Array, t: number, out: Float64Array) {
 *     for (let i = 0; i < x.length; i++) out[i] = -x[i] / (1 + t);
 *   },
 * };
 * const { final } = integrate(probabilityFlow(drift, score, 1), [1], { method: rk4(), numSteps: 20 });
 * final[0].toFixed(6); // => '1.414214'
 * ```
 */
export function probabilityFlow(drift: ArrayField, score: ArrayField, diffusion: Diffusion): ArrayField {
  return withScore('drift', drift, score, diffusion, 0.5);
}

/**
 * The drift v + ½σ²∇log p_t of a diffusion with the marginals of a flow: what `integrateSde` follows with the same σ. It undoes {@link
 * probabilityFlow}.
 *
 * Any σ will do, σ = 0 gives the flow back. With the velocity and the score of a Schrödinger bridge, and its σ, it is the bridge:
 * A. Tong et al., Simulation-free Schrödinger bridges via score and flow matching, AISTATS 2024.
 *
 * @param velocity - v of the flow
 * @param score - ∇log p_t
 * @param diffusion - σ ≥ 0, or σ(t), of the diffusion that is wanted
 * @returns the drift; it has Jacobian products where velocity and score have them
 * @throws TypeError or RangeError where an argument is not valid or the dimensions differ
 *
 * @example
 * N(0, 1) stays where it is under the flow at rest, and under the diffusion with drift −½σ²x.
 * ```ts
 * import { diffusionOfFlow } from '@brenier/samplers';
 *
 * const rest = { dim: 1, evaluate: (x: Float64Array, t: number, out: Float64Array) => out.fill(0) };
 * const score = {
 *   dim: 1,
 *   evaluate(x: Float64Array, t: number, out: Float64Array) {
 *     for (let i = 0; i < x.length; i++) out[i] = -x[i];
 *   },
 * };
 * const out = new Float64Array(1);
 * diffusionOfFlow(rest, score, 2).evaluate(Float64Array.of(3), 0.5, out);
 * out[0]; // => -6
 * ```
 */
export function diffusionOfFlow(velocity: ArrayField, score: ArrayField, diffusion: Diffusion): ArrayField {
  return withScore('velocity', velocity, score, diffusion, -0.5);
}

/** field − factor·σ²·score. */
function withScore(
  name: string,
  field: ArrayField,
  score: ArrayField,
  diffusion: Diffusion,
  factor: number,
): ArrayField {
  checkField(name, field);
  checkField('score', score, field.dim);
  const sigma = checkDiffusion(diffusion);
  return fieldSum([
    { field: writingField(name, field), weight: () => 1 },
    { field: writingField('score', score), weight: (t) => -factor * sigma(t) * sigma(t) },
  ]);
}
