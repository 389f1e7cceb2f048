/** What each half-step of a learned bridge leaves behind: plain data. */
import type { Direction } from '../matching/drift-matching.js';

/** One fit of one drift. */
export interface HalfStepRecord {
  /** Its number, from 1. */
  readonly halfStep: number;
  /** Which drift was fitted. */
  readonly direction: Direction;
  /** Updates made. */
  readonly steps: number;
  /** Mean losses over windows of updates, at most 64 of them. */
  readonly losses: {
    /** Updates in a window; the last may hold fewer. */
    readonly window: number;
    /** The mean loss of each window. */
    readonly means: readonly number[];
  };
  /** What the fitted process did, simulated from the end that it starts at. Default: absent, the monitor was off. */
  readonly monitor?: BridgeMonitor;
  /** What `measure` gave. Default: absent, there was none. */
  readonly measured?: Readonly<Record<string, number>>;
}

/**
 * A look at the process of the drift that was just fitted: forward half-steps arrive at the target, backward ones at the source. The
 * other marginal is exact, the simulation starts there. As errors add up from half-step to half-step, watch both directions.
 */
export interface BridgeMonitor {
  /** Points simulated, and points of the law itself that they are held against. */
  readonly count: number;
  /** Mean of what arrives, shape [dim]. */
  readonly mean: readonly number[];
  /** Variance of each coordinate of what arrives, shape [dim]. */
  readonly variance: readonly number[];
  /** Covariance of what arrives, row-major, shape [dim · dim]; absent above 64 dimensions. */
  readonly covariance?: readonly number[];
  /** Distance of the means of what arrives and of the law it should have. */
  readonly meanError: number;
  /** Frobenius norm of the difference of both covariances, of the variances alone above 64 dimensions. */
  readonly covarianceError: number;
  /** Sliced W2 between what arrives and the law it should have. */
  readonly slicedW2: number;
  /** Mean over the coordinates of the covariance of start and end of a path: what the bridge has learned of the coupling. */
  readonly endpointCovariance: number;
  /** E ∫ ‖v‖² dt along the probability flow, of at most 2000 points, once both drifts were fitted. Default: absent. */
  readonly pathEnergy?: number;
}
