/** The noise of the reference process on each data set. The paper of the table never gave its own. */
import type { DataSetName } from '../settings.js';

/** σ of Brownian motion on each data set. */
export const BRIDGE_SIGMA: Readonly<Record<DataSetName, number>> = {
  moons: 0.7,
  scurve: 0.7,
  '8gaussians': 1,
  'moons→8gaussians': 5,
};

/** It as the report prints it. */
export const BRIDGE_SIGMA_SETTING = {
  'σ of the reference': {
    value: Object.entries(BRIDGE_SIGMA)
      .map(([dataSet, value]) => `${value} on ${dataSet}`)
      .join(', '),
    origin: 'ours',
  },
} as const;
