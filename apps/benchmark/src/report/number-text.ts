/** Numbers as the tables print them. */
import type { Spread } from './spread.js';

/** For example `0.111 ± 0.005`; without a deviation the mean alone. */
export function formatSpread({ mean, sd }: Spread, digits: number, plusMinus = ' ± '): string {
  return sd === undefined ? mean.toFixed(digits) : `${mean.toFixed(digits)}${plusMinus}${sd.toFixed(digits)}`;
}

/** An energy with four or five digits in all, as in the published table. */
export function formatEnergy(energy: Spread, plusMinus = ' ± '): string {
  return formatSpread(energy, energy.mean < 10 ? 3 : energy.mean < 100 ? 2 : 1, plusMinus);
}

/** For example `+1.5 %`. */
export function signedPercent(ratio: number): string {
  return `${ratio < 0 ? '−' : '+'}${Math.abs(100 * ratio).toFixed(1)} %`;
}
