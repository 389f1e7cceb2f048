/** All that the loop of half-steps changes, and its passage through a checkpoint: one file, so that no kill can tear it. */
import { checkLength } from '@brenier/errors';
import { decodeContainer, encodeContainer, type TrainResult } from '@brenier/nets/fused';
import type { Rng } from '@brenier/random';
import { checkParameters, type BridgeParameters } from './bridge-network.js';
import { directionOf, type BridgeCheckpoint, type BridgeTraining } from './bridge-training.js';
import { checkSameRun, type BridgeIdentity, type RunIdentity } from './run-identity.js';
import type { HalfStepRecord } from './half-step-record.js';

/** The state between two half-steps, and perhaps the checkpoint of the one under way. */
export interface BridgeState {
  /** Half-steps done. */
  readonly halfStep: number;
  /** What training continues from. */
  readonly trained: BridgeParameters;
  /** What simulates: the mean of the parameters where one is kept. */
  readonly simulating: BridgeParameters;
  /** One record for each half-step done. */
  readonly history: readonly HalfStepRecord[];
  /** What `train` saved of the half-step under way. */
  readonly training: Uint8Array | undefined;
}

/** The state before the first half-step. */
export function initialState(rng: Rng, { networks, parameters }: BridgeTraining): BridgeState {
  const start = (direction: 'forward' | 'backward'): Float32Array => {
    const network = networks[direction];
    const given = parameters?.[direction] ?? network.initParameters(rng.fork(`${direction} parameters`));
    return checkParameters(direction, network, given).slice();
  };
  const trained = { forward: start('forward'), backward: start('backward') };
  return { halfStep: 0, trained, simulating: trained, history: [], training: undefined };
}

/** The state with what a half-step has trained in it, finished or not. */
export function withTrained(state: BridgeState, { parameters, emaParameters }: TrainResult): BridgeState {
  const direction = directionOf(state.halfStep);
  return {
    ...state,
    trained: { ...state.trained, [direction]: parameters },
    simulating: { ...state.simulating, [direction]: emaParameters ?? parameters },
  };
}

/** Packs a state. */
export function encodeState({ trained, simulating, ...state }: BridgeState, identity: RunIdentity): Uint8Array {
  return encodeContainer('bridge', {
    meta: { run: identity(state.halfStep), halfStep: state.halfStep, history: state.history },
    arrays: {
      forward: trained.forward,
      backward: trained.backward,
      'simulating forward': simulating.forward,
      'simulating backward': simulating.backward,
      training: state.training ?? new Uint8Array(0),
    },
  });
}

/**
 * Unpacks a state.
 *
 * @throws RangeError where the bytes are no intact checkpoint of a bridge, or one of another run; the message names what differs
 */
export function decodeState(
  bytes: Uint8Array,
  identity: RunIdentity,
  start: BridgeState,
  { store: { name = 'checkpoint' }, allowOtherEngine = false }: BridgeCheckpoint,
): BridgeState {
  const { meta, arrays } = decodeContainer(name, 'bridge', bytes);
  checkSameRun(name, meta.run as BridgeIdentity, identity(meta.halfStep as number), allowOtherEngine);
  const read = (array: string, like: Float32Array): Float32Array =>
    checkLength(`${array} of ${name}`, (arrays[array] ?? []) as Float32Array, like.length);
  const training = arrays.training as Uint8Array;
  return {
    halfStep: meta.halfStep as number,
    trained: {
      forward: read('forward', start.trained.forward),
      backward: read('backward', start.trained.backward),
    },
    simulating: {
      forward: read('simulating forward', start.trained.forward),
      backward: read('simulating backward', start.trained.backward),
    },
    history: meta.history as HalfStepRecord[],
    training: training.length === 0 ? undefined : training,
  };
}
