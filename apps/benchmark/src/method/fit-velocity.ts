/** One regression of a flow's velocity: the network and the optimizer that the flows of the table share. */
import type { Objective } from '@brenier/flows';
import { adamW, cosineDecay, fusedMlp, train, type FusedField } from '@brenier/nets/fused';
import { euler, integrate, refinedTimes } from '@brenier/samplers';
import { PROTOCOL } from '../settings.js';
import type { MethodContext, TrainedMethod } from './method.js';

const { hidden, batchSize, weightDecay } = PROTOCOL;

/** Four times the published rate at first, nothing at last: the constant rate leaves the noise of its last steps on the flow. */
const LEARNING_RATE = 4e-3;

/** Decay of the running mean of the parameters that samples, where a stage has none of its own; the published runs have none. */
const EMA_DECAY = 0.999;

/** The settings of {@link fitVelocity}, as the report prints them; a stage with a running mean of its own overwrites that. */
export const VELOCITY_SETTINGS = {
  network: { value: `3-${hidden.join('-')}-2, SELU, raw time`, origin: 'published protocol' },
  optimizer: { value: `AdamW, weight decay ${weightDecay}`, origin: 'published protocol' },
  'learning rate': { value: `${LEARNING_RATE}, along a cosine to 0; published: 0.001 throughout`, origin: 'ours' },
  'batch size': { value: batchSize, origin: 'published protocol' },
  'running mean of the parameters': { value: EMA_DECAY, origin: 'ours' },
} as const;

/** One stage of a training. */
export interface VelocityStage {
  /** Its name in progress and checkpoints. */
  readonly name: string;
  readonly objective: Objective;
  /** Its optimizer steps. */
  readonly steps: number;
  /** Optimizer steps of the stages before it. */
  readonly stepsBefore: number;
  /** Seconds that it may take. */
  readonly timeLimit: number;
  /** Decay of the running mean of its parameters. Default 0.999. */
  readonly emaDecay?: number;
  /** Parameters to start from. Default: fresh ones. */
  readonly parameters?: Float32Array;
}

/** A fitted velocity. */
export interface FittedVelocity {
  readonly status: TrainedMethod['status'];
  /** Optimizer steps done, those of the stages before included. */
  readonly step: number;
  readonly velocity: FusedField;
  /** The running mean, that of `velocity`. */
  readonly parameters: Float32Array;
  readonly losses: TrainedMethod['losses'];
  readonly engine: string;
}

/** Fits one stage, from its checkpoint where there is one. */
export async function fitVelocity(context: MethodContext, stage: VelocityStage): Promise<FittedVelocity> {
  const { data, steps: allSteps, checkpoint, signal, onProgress } = context;
  const { name, objective, steps, stepsBefore, parameters, emaDecay = EMA_DECAY } = stage;
  const network = fusedMlp({ dim: 2, hidden, activation: 'selu', time: 'raw' });
  const result = await train({
    network,
    objective,
    rng: data.stream('training').fork(name),
    steps,
    optimizer: adamW({ learningRate: LEARNING_RATE, weightDecay }),
    rateSchedule: cosineDecay({ to: steps }),
    emaDecay,
    parameters,
    checkpoint: { store: checkpoint(name) },
    signal,
    onProgress: ({ step, loss }) => onProgress({ stage: name, step: stepsBefore + step, steps: allSteps, loss }),
    timeLimit: 1000 * stage.timeLimit,
  });
  if (result.status === 'diverged') {
    throw new Error(`${name} diverged at step ${result.step}; the checkpoint before it is kept`);
  }
  const { window, means } = result.losses;
  const fitted = result.emaParameters!;
  return {
    status: result.status,
    step: stepsBefore + result.step,
    velocity: network.field(fitted),
    parameters: fitted,
    losses: Array.from(means, (loss, i) => ({ step: stepsBefore + Math.min((i + 1) * window, result.step), loss })),
    engine: `Engine of training and sampling: ${result.engine}, one thread.`,
  };
}

/** What a flow's row adds to its velocity. */
interface FlowRow extends Pick<TrainedMethod, 'pairs'> {
  /** How much sampling steps shorten towards the end, or lengthen where it is below 1: the exponent of `refinedTimes`. Default: equal steps. */
  readonly refinement?: number;
}

/** A flow as a row of the table: its velocity, followed by Euler's method. */
export function trainedFlow(fitted: FittedVelocity, { refinement, ...rest }: FlowRow): TrainedMethod {
  const { status, step, velocity, losses, engine } = fitted;
  return {
    status,
    step,
    velocity,
    losses,
    engine,
    sample: (_rng, start, numSteps) =>
      integrate(velocity, start, {
        method: euler(),
        ...(refinement === undefined ? { numSteps } : { times: refinedTimes({ numSteps, exponent: refinement }) }),
        keep: 'trajectory',
      }),
    iterations: [],
    ...rest,
  };
}
