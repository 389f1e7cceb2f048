/** What the Gaussian experiment yields: plain JSON. */
import type { CellFailure, MachineRecord, SettingOrigin } from '../results.js';
import type { GaussianMethodName, GaussianSettings } from './gaussian-settings.js';

/** One run of a method in one dimension. */
export interface GaussianOrder {
  settings: GaussianSettings;
  method: GaussianMethodName;
  dim: number;
  seed: number;
}

/** A process after the fit of one of its drifts. */
export interface HalfIteration {
  /** From 1. */
  halfIteration: number;
  direction: 'forward' | 'backward';
  /** Mean over the coordinates of the covariance of both ends of a path. */
  endpointCovariance: number;
  /** Mean over the coordinates of the mean of what arrives. */
  mean: number;
  /** Mean over the coordinates of the variance of what arrives. */
  variance: number;
}

/** Divergences KL(samples ‖ exact bridge) of fitted normal laws, averaged over 21 equal times, in nats. */
export interface GaussianDivergences {
  full: number;
  diagonal: number;
  fullPerDimension: number;
  diagonalPerDimension: number;
}

/** What became of an order. */
export interface GaussianCell {
  method: GaussianMethodName;
  dim: number;
  seed: number;
  status: 'finished' | 'aborted';
  /** Updates made. */
  step: number;
  /** Seconds of this and earlier calls. */
  seconds: number;
  history: HalfIteration[];
  /** Of the last forward drift; absent before there is one. */
  divergences?: GaussianDivergences;
  engine: string;
}

/** A whole run. */
export interface GaussianRun {
  format: 'brenier-gaussian/1';
  command: string;
  /** When the command was started that wrote this, be it the first or one that resumed. */
  startedAt: string;
  status: 'finished' | 'aborted' | 'failed';
  machine: MachineRecord;
  versions: Record<string, string>;
  settings: Record<string, { value: string | number; origin: SettingOrigin }>;
  cells: GaussianCell[];
  /** The cells that are missing although the run came to them. */
  failures: CellFailure[];
}

/** The published divergences · 1000, averaged over 21 times; in which normalisation is not said (Shi et al., 2023, table 3). */
export const PUBLISHED_DIVERGENCES: Readonly<Record<GaussianMethodName, Readonly<Record<number, string>>>> = {
  'DSBM-IMF': { 5: '1.34 ± 0.51', 20: '5.05 ± 0.95', 50: '9.76 ± 1.67' },
  'DSBM-IPF': { 5: '1.23 ± 0.23', 20: '4.42 ± 0.76', 50: '8.75 ± 0.87' },
  DSB: { 5: '3.26 ± 1.60', 20: '13.0 ± 3.49', 50: '32.8 ± 1.28' },
};
