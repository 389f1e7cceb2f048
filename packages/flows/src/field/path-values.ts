/** An interpolant at one time, checked, with the rate of its variance in the form that stays finite. */
import { checkFinite, checkFunction, describeValue } from '@brenier/errors';
import type { Interpolant, InterpolantValues } from '../interpolant/interpolant.js';

/** α, β, γ and what the averages over the noise need of their derivatives. */
export interface PathValues {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly dAlpha: number;
  readonly dBeta: number;
  /** γγ' = ½(γ²)'. */
  readonly noiseRate: number;
  /** Whether γ = γ' = 0. */
  readonly isNoiseless: boolean;
}

/** Checks that a value can be asked for coefficients. */
export function checkInterpolant(name: string, interpolant: Interpolant): Interpolant {
  if (typeof interpolant !== 'object' || interpolant === null) {
    throw new TypeError(`"${name}" expected an object with "at", got ${describeValue(interpolant)}`);
  }
  checkFunction(`${name}.at`, interpolant.at);
  return interpolant;
}

/** How far inside the path the rate of the noise is read where γ' is infinite and nothing else is given. */
const INSIDE = 9.094947017729282e-13; // 2^-40

/** The coefficients at one time. Anybody may have written the interpolant, and a NaN would spread silently. */
export function pathValuesAt(interpolant: Interpolant, t: number): PathValues {
  const values = interpolant.at(t);
  for (const each of ['alpha', 'beta', 'gamma', 'dAlpha', 'dBeta'] as const) {
    if (!Number.isFinite(values?.[each])) checkFinite(`interpolant.at(${t}).${each}`, values?.[each]);
  }
  const { alpha, beta, gamma, dAlpha, dBeta, dGamma } = values;
  const noiseRate = noiseRateAt(interpolant, t, values);
  return { alpha, beta, gamma, dAlpha, dBeta, noiseRate, isNoiseless: gamma === 0 && dGamma === 0 };
}

/** Where γ vanishes like a root of time, γγ' has a limit: as given, or read 1e-12 further in, with an error of that order. */
function noiseRateAt(interpolant: Interpolant, t: number, values: InterpolantValues): number {
  const { gamma, dGamma, dVariance } = values;
  if (gamma !== 0 || Number.isFinite(dGamma)) return gamma * checkFinite(`interpolant.at(${t}).dGamma`, dGamma);
  if (dVariance !== undefined) return 0.5 * checkFinite(`interpolant.at(${t}).dVariance`, dVariance);
  const inside = t + (dGamma > 0 ? INSIDE : -INSIDE);
  const near = interpolant.at(inside);
  return checkFinite(`interpolant.at(${inside}).gamma * dGamma`, near.gamma * near.dGamma);
}
