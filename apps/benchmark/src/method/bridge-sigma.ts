/** The noise of the reference process on each data set. The paper of the table never gave its own. */
import type { SettingRecord } from '../results.js';
import type { DataSetName } from '../settings.js';

/** σ of Brownian motion on each data set. */
export type BridgeSigma = Readonly<Record<DataSetName, number>>;

/**
 * Of bridges that are simulated: IPF, which starts at the reference, needs noise that reaches the target. More makes the flow steep
 * where the source ends, and what lies beyond the training set runs away: at 6 two points of 10,000 had more energy than
 * all others together.
 */
export const SIMULATED_SIGMA: BridgeSigma = { moons: 0.7, scurve: 0.7, '8gaussians': 1.5, 'moons→8gaussians': 5 };

/** Of bridges that are fitted to whole paths: off by the length of a step, the more so the more noise. */
export const STEPWISE_SIGMA: BridgeSigma = { ...SIMULATED_SIGMA, '8gaussians': 1, 'moons→8gaussians': 4 };

/** Of bridges between points that are coupled beforehand: the less noise, the easier the fit. */
export const COUPLED_SIGMA: BridgeSigma = { moons: 0.5, scurve: 0.5, '8gaussians': 1, 'moons→8gaussians': 2 };

/** A choice as the report prints it. */
export function sigmaSetting(sigma: BridgeSigma): Record<string, SettingRecord> {
  const list = Object.entries(sigma).map(([dataSet, value]) => `${value} on ${dataSet}`);
  return { 'σ of the reference': { value: list.join(', '), origin: 'ours' } };
}
