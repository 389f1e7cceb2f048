/**
 * LightSB: A. Korotin, N. Gushchin, E. Burnaev, Light Schrödinger bridge, ICLR 2024. The potential v of the plan π(y | x) ∝ exp(x·y/ε) v(y) is a
 * mixture of K normal laws, so its normaliser c(x), its conditional laws and the drift of its process are mixtures too, and
 * KL(bridge ‖ model) is E log c(X₀) − E log v(X₁) up to a constant (their equation 12): no Sinkhorn, no simulation. Adam on minibatches
 * with a gradient by hand, on clouds less their means. Cost O(batch · K · dim) a step for diagonal covariances, dim² for full ones. It models
 * what K components can: for thin curves at small σ many are needed, and the start among the data decides which optimum is found. It fails, by an
 * error, where ε is some twenty orders of magnitude below the variance of the data. ε is σ² for Brownian motion,
 * variance/factor of its transition for any reference.
 */
import { cos } from '@brenier/elementary';
import { checkInteger, checkOneOf, checkOptions, checkPositive } from '@brenier/errors';
import { adam } from '@brenier/nets/fused';
import type { OptimizerState } from '@brenier/nets/fused';
import { asPointCloud, type IterativeSolver, type PointCloud, runSync, type SolveStatus } from '@brenier/ot-core';
import { checkRng, integer, type Rng } from '@brenier/random';
import { checkReference } from '../reference/check-reference.js';
import type { Reference } from '../reference/reference.js';
import { centred, type CentredCloud, uncentred } from './light-sb/centred-clouds.js';
import { componentLength, factorOf, logGradients, type MixtureShape } from './light-sb/mixture-gradient.js';
import { SPREAD, startParameters, unitFor } from './light-sb/start-parameters.js';

/** Options of {@link lightSb} and {@link lightSbSolver}. */
export interface LightSbOptions {
  /** The process that the bridge is nearest to. */
  readonly reference: Reference;
  /** Components of the mixture. Default 20. */
  readonly numComponents?: number;
  /** Covariances of the components. Default `'diagonal'`. */
  readonly covariance?: 'diagonal' | 'full';
  /** Steps of Adam. Default 2000. */
  readonly numSteps?: number;
  /** Points of each cloud a step, drawn with replacement. Default 128. */
  readonly batchSize?: number;
  /** Learning rate at the start; it falls to 0 along a cosine. Default 0.02. */
  readonly learningRate?: number;
  /** Covariance of the components at the start, in units of ε. Default 0.1, or the variance of the target in these units where that is less. */
  readonly initialSpread?: number;
}

/** A trained LightSB. Plain data: `postMessage` works. */
export interface LightSb {
  /** `'converged'` where all steps were made. */
  readonly status: SolveStatus;
  /** Steps made. */
  readonly steps: number;
  /**
   * Mean of E log c(X₀) − E log v(X₁) over each tenth of the steps, for the clouds less their means: KL(bridge ‖ model) up to a constant
   * of the clouds.
   */
  readonly losses: readonly number[];
  /** σ of the reference. */
  readonly sigma: number;
  /** Rate of the reference. */
  readonly rate: number;
  /** Coordinates per point. */
  readonly dim: number;
  /** log αₖ, shape [components]. */
  readonly logWeights: Float64Array;
  /** rₖ, shape [components, dim]. */
  readonly centres: Float64Array;
  /** Lₖ with Sₖ = LₖLₖᵀ, lower triangular, shape [components, dim, dim]. */
  readonly factors: Float64Array;
}

/** Two clouds to be joined. */
export interface LightSbProblem {
  /** Points at time 0. */
  readonly x: PointCloud;
  /** Points at time 1, of the same dimension. */
  readonly y: PointCloud;
}

/** What a running training reports. */
export interface LightSbProgress {
  /** Steps made. */
  readonly steps: number;
  /** Loss of the last minibatch. */
  readonly loss: number;
}

/** The state of a training between steps. Opaque: pass it to the solver that made it. */
export interface LightSbState {
  /** @internal */
  readonly x: CentredCloud;
  /** @internal */
  readonly y: CentredCloud;
  /** @internal */
  readonly shape: MixtureShape;
  /** @internal */
  readonly parameters: Float32Array;
  /** @internal */
  readonly optimizer: OptimizerState;
  /** @internal */
  readonly losses: number[];
}

/**
 * Trains a LightSB between two clouds.
 *
 * Blocks until done; for progress, abort and time limits call `run` of ot-core with {@link lightSbSolver}.
 *
 * @param rng - where the start and the minibatches come from
 * @param x - points at time 0
 * @param y - points at time 1, of the same dimension
 * @param options - reference, mixture and training
 * @returns the model, for {@link lightSbDrift} and {@link sampleLightSb}
 * @throws TypeError or RangeError where an option is not valid or unknown, the reference forgets its start, a cloud is none or empty, or the
 *   dimensions differ; RangeError where the training diverges
 *
 * @example
 * From N(0, 1) to N(2, 1) at σ = 1.
 * ```ts
 * import { brownian, lightSb, lightSbDrift } from '@brenier/bridges';
 * import { createRng, fillNormal } from '@brenier/random';
 *
 * const cloud = (seed: number, mean: number) => ({
 *   points: fillNormal(createRng(seed), new Float64Array(2000), { mean }),
 *   count: 2000,
 *   dim: 1,
 * });
 * const options = { reference: brownian({ sigma: 1 }), numComponents: 2, numSteps: 500 };
 * const model = lightSb(createRng(0), cloud(1, 0), cloud(2, 2), options);
 * model.status; // => 'converged'
 * const out = new Float64Array(1);
 * lightSbDrift(model).evaluate(new Float64Array([0]), 0, out);
 * Math.abs(out[0] - 2) < 0.2; // => true
 * ```
 */
export function lightSb(rng: Rng, x: PointCloud, y: PointCloud, options: LightSbOptions): LightSb {
  return runSync(lightSbSolver(rng, options), { x, y });
}

const OPTION_NAMES = [
  'reference',
  'numComponents',
  'covariance',
  'numSteps',
  'batchSize',
  'learningRate',
  'initialSpread',
] as const;

/**
 * The training of {@link lightSb} for `run` of ot-core: one step is one of Adam.
 *
 * @param rng - where the start and the minibatches come from: step k draws from a fork of its own
 * @param options - reference, mixture and training
 * @returns a solver; holds options only; a step throws a RangeError where the training diverges
 * @throws TypeError or RangeError where an option is not valid or unknown, or the reference forgets its start
 *
 * @example
 * Ten steps with room for the event loop.
 * ```ts
 * import { brownian, lightSbSolver } from '@brenier/bridges';
 * import { run } from '@brenier/ot-core';
 * import { createRng } from '@brenier/random';
 *
 * const cloud = { points: new Float64Array([0, 1, 2]), count: 3, dim: 1 };
 * const solver = lightSbSolver(createRng(0), { reference: brownian(), numComponents: 1, numSteps: 10 });
 * const model = await run(solver, { x: cloud, y: cloud });
 * model.steps; // => 10
 * ```
 */
export function lightSbSolver(
  rng: Rng,
  options: LightSbOptions,
): IterativeSolver<LightSbProblem, LightSbState, LightSbProgress, LightSb> {
  checkRng('rng', rng);
  const given = checkOptions('options', options, OPTION_NAMES);
  const reference = checkReference('reference', given.reference);
  const numComponents = checkInteger('numComponents', given.numComponents ?? 20, 1);
  const covariance = checkOneOf('covariance', given.covariance ?? 'diagonal', ['diagonal', 'full']);
  const numSteps = checkInteger('numSteps', given.numSteps ?? 2000, 1);
  const batchSize = checkInteger('batchSize', given.batchSize ?? 128, 1);
  const initialSpread = checkPositive('initialSpread', given.initialSpread ?? SPREAD);
  const optimizer = adam({ learningRate: checkPositive('learningRate', given.learningRate ?? 0.02) });
  const epsilon = noiseOf(reference);
  return {
    init(problem) {
      const [x, y] = readClouds(problem);
      const unit = given.initialSpread === undefined ? unitFor(y, epsilon) : 1;
      const shape = { dim: y.dim, numComponents, isFull: covariance === 'full', unit };
      const parameters = startParameters(rng.fork('start'), y, shape, initialSpread);
      return { x, y, shape, parameters, optimizer: optimizer.init(parameters.length), losses: [] };
    },
    step(state) {
      const { parameters, losses } = state;
      const k = losses.length;
      const { loss, gradient } = batchLoss(rng.fork(k), state, epsilon, batchSize);
      optimizer.update(state.optimizer, parameters, gradient, 0.5 * (1 + cos((Math.PI * k) / numSteps)));
      losses.push(loss);
      checkTraining(state);
    },
    status: ({ losses }) => (losses.length < numSteps ? 'running' : 'converged'),
    progress: ({ losses }) => ({ steps: losses.length, loss: losses.at(-1) ?? NaN }),
    result: (state, status) => resultOf(state, reference, epsilon, status),
    dispose: () => undefined,
  };
}

/** ε of the plan π(y | x) ∝ exp(x·y/ε) v(y). */
function noiseOf(reference: Reference): number {
  const { factor, variance } = reference.transition(0, 1);
  if (variance / factor < Infinity) return variance / factor;
  throw new RangeError(`"reference" expected a transition that remembers its start, got the factor ${factor}`);
}

function readClouds(problem: LightSbProblem): [x: CentredCloud, y: CentredCloud] {
  const [x, y] = [asPointCloud('x', problem?.x), asPointCloud('y', problem?.y)];
  if (x.dim === y.dim) return [centred(x), centred(y)];
  throw new RangeError(`"y" expected dimension ${x.dim} like "x", got dimension ${y.dim}`);
}

/** Moments of float32 overflow before the loss does, and then nothing moves any more. */
function checkTraining({ parameters, optimizer, losses }: LightSbState): void {
  const isFinite = [losses.slice(-1), parameters, ...optimizer.moments].every((each) => each.every(Number.isFinite));
  if (isFinite) return;
  throw new RangeError(
    '"learningRate" and the ε of "reference" expected a size at which the training stays finite, ' +
      `got the loss ${losses.at(-1)} at step ${losses.length}`,
  );
}

function batchLoss(
  rng: Rng,
  { x, y, shape, parameters }: LightSbState,
  epsilon: number,
  batchSize: number,
): { loss: number; gradient: Float32Array } {
  const gradient = new Float64Array(parameters.length);
  const [logC, logV] = logGradients(shape, parameters, epsilon);
  const draw = ({ points, count, dim }: PointCloud): Float64Array => {
    const from = integer(rng, 0, count) * dim;
    return points.subarray(from, from + dim);
  };
  let loss = 0;
  for (let i = 0; i < batchSize; i++) {
    loss += logC(draw(x), 1 / batchSize, gradient) / batchSize;
    loss -= logV(draw(y), -1 / batchSize, gradient) / batchSize;
  }
  return { loss, gradient: Float32Array.from(gradient) };
}

function resultOf(
  { x, y, shape, parameters, losses }: LightSbState,
  reference: Reference,
  epsilon: number,
  status: SolveStatus,
): LightSb {
  const { dim, numComponents } = shape;
  const length = componentLength(shape);
  const logWeights = new Float64Array(numComponents);
  const centres = new Float64Array(numComponents * dim);
  const factors = new Float64Array(numComponents * dim * dim);
  for (let k = 0; k < numComponents; k++) {
    const [logWeight, ...centre] = parameters.subarray(k * length, k * length + 1 + dim);
    const trained = { logWeight, centre: Float64Array.from(centre), factor: factorOf(shape, parameters, k) };
    const component = uncentred(trained, x.mean, y.mean, epsilon);
    logWeights[k] = component.logWeight;
    centres.set(component.centre, k * dim);
    factors.set(component.factor, k * dim * dim);
  }
  return {
    status,
    steps: losses.length,
    losses: tenths(losses),
    sigma: reference.sigma,
    rate: reference.rate,
    dim,
    logWeights,
    centres,
    factors,
  };
}

function tenths(losses: readonly number[]): number[] {
  const size = Math.max(1, Math.ceil(losses.length / 10));
  const means: number[] = [];
  for (let i = 0; i < losses.length; i += size) {
    const part = losses.slice(i, i + size);
    means.push(part.reduce((sum, each) => sum + each, 0) / part.length);
  }
  return means;
}
