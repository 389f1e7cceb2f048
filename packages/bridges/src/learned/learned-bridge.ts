/** What comes out of the training of a bridge: plain data. */
import type { BridgeParameters } from './bridge-network.js';
import type { HalfStepRecord } from './half-step-record.js';

/**
 * How a run ended: `'finished'` after all half-steps; `'stopped'` because `stopWhen` said so; `'aborted'` and `'time-limit'` on the way,
 * ready to resume; `'diverged'` where a loss was not finite.
 */
export type BridgeStatus = 'finished' | 'stopped' | 'aborted' | 'time-limit' | 'diverged';

/** A learned bridge. {@link bridgeFields} makes its drifts and its flow; it is itself what that takes. */
export interface LearnedBridge extends BridgeParameters {
  /** How the run ended. */
  readonly status: BridgeStatus;
  /** Half-steps finished, those before a resume included. */
  readonly halfSteps: number;
  /** Updates made in all half-steps, that of one under way included. */
  readonly totalStep: number;
  /** Parameters of the drift forwards that simulate: their running mean where `emaDecay` is given, else the trained ones. */
  readonly forward: Float32Array;
  /** The same of the drift in reversed time. */
  readonly backward: Float32Array;
  /** The parameters that training continues from, for a warm start of another run. */
  readonly trained: BridgeParameters;
  /** What each finished half-step left behind. */
  readonly history: readonly HalfStepRecord[];
  /** What computed the losses and gradients of both networks. */
  readonly engine: string;
}
