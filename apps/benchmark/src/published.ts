/**
 * The published table: Shi, De Bortoli, Campbell, Doucet, "Diffusion Schrödinger Bridge Matching", NeurIPS 2023, table 2.
 * Mean and one standard deviation over 5 seeds; W2 is the root; Euler with 20 steps, 10,000 samples.
 */

/** A published mean with its standard deviation. */
export interface Published {
  mean: number;
  sd: number;
}

/** The rows of the published table, in its order. */
export const PUBLISHED_METHODS = [
  'DSBM-IPF',
  'DSBM-IMF',
  'DSBM-IMF+',
  'DSB',
  'SB-CFM',
  'FM',
  'CFM',
  'RF',
  'OT-CFM',
] as const;

/** Its columns. */
export const PUBLISHED_DATA_SETS = ['moons', 'scurve', '8gaussians', 'moons→8gaussians'] as const;

/** The published W2 of a cell; `undefined` where the table has none. */
export function publishedW2(dataSet: string, method: string): Published | undefined {
  return lookUp(W2, dataSet, method);
}

/** The published path energy of a cell; `undefined` where the table has none. */
export function publishedEnergy(dataSet: string, method: string): Published | undefined {
  return lookUp(ENERGY, dataSet, method);
}

/** As printed there, so that the eye can compare: one method a line, one data set a column. */
const W2 = `
DSBM-IPF   0.140±0.006  0.140±0.024  0.315±0.079  0.812±0.092
DSBM-IMF   0.144±0.024  0.145±0.037  0.338±0.091  0.838±0.098
DSBM-IMF+  0.123±0.014  0.130±0.025  0.276±0.030  0.802±0.172
DSB        0.190±0.049  0.272±0.065  0.411±0.084  0.987±0.324
SB-CFM     0.129±0.024  0.136±0.030  0.238±0.044  0.843±0.079
FM         0.212±0.025  0.161±0.033  0.351±0.066  –
CFM        0.215±0.028  0.171±0.023  0.370±0.049  1.285±0.314
RF         0.129±0.022  0.126±0.019  0.267±0.041  1.522±0.304
OT-CFM     0.111±0.005  0.102±0.013  0.253±0.040  0.716±0.187`;

const ENERGY = `
DSBM-IPF   1.598±0.034  2.110±0.059  14.91±0.310  42.16±1.026
DSBM-IMF   1.580±0.036  2.092±0.053  14.81±0.255  41.00±1.495
DSBM-IMF+  1.594±0.043  2.116±0.018  14.88±0.252  41.09±1.206
DSB        –            –            –            –
SB-CFM     1.649±0.035  2.144±0.044  15.08±0.209  45.69±0.661
FM         2.227±0.056  2.950±0.074  18.12±0.416  –
CFM        2.391±0.043  3.071±0.026  18.00±0.090  116.5±2.633
RF         1.185±0.052  1.633±0.074  14.84±0.441  37.61±3.906
OT-CFM     1.178±0.020  1.577±0.036  15.10±0.215  30.50±0.626`;

function lookUp(table: string, dataSet: string, method: string): Published | undefined {
  const column = PUBLISHED_DATA_SETS.findIndex((name) => name === dataSet);
  const row = table.split('\n').find((line) => line.startsWith(`${method} `));
  const text = column < 0 ? undefined : row?.split(/ +/)[column + 1];
  if (text === undefined || text === '–') return undefined;
  const [mean, sd] = text.split('±').map(Number);
  return { mean, sd };
}
