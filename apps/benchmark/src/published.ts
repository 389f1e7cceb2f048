/**
 * The published table: Shi, De Bortoli, Campbell, Doucet, "Diffusion Schrödinger Bridge Matching", NeurIPS 2023, table 2.
 * Mean and one standard deviation over 5 seeds; W2 is the root; Euler with 20 steps, 10,000 samples.
 */
import type { DataSetName, MethodName } from './settings.js';

/** A published mean with its standard deviation. */
export interface Published {
  mean: number;
  sd: number;
}

/** The published W2 of a cell. */
export function publishedW2(dataSet: DataSetName, method: MethodName): Published {
  return W2[method][dataSet];
}

/** The published path energy of a cell. */
export function publishedEnergy(dataSet: DataSetName, method: MethodName): Published {
  return ENERGY[method][dataSet];
}

const W2: Record<MethodName, Record<DataSetName, Published>> = {
  CFM: { moons: { mean: 0.215, sd: 0.028 }, '8gaussians': { mean: 0.37, sd: 0.049 } },
  'OT-CFM': { moons: { mean: 0.111, sd: 0.005 }, '8gaussians': { mean: 0.253, sd: 0.04 } },
};

const ENERGY: Record<MethodName, Record<DataSetName, Published>> = {
  CFM: { moons: { mean: 2.391, sd: 0.043 }, '8gaussians': { mean: 18.0, sd: 0.09 } },
  'OT-CFM': { moons: { mean: 1.178, sd: 0.02 }, '8gaussians': { mean: 15.1, sd: 0.215 } },
};
