/** Masses of finitely many things: all equal unless given, those of mass 0 left out, the rest scaled to sum 1. */
import { checkLength, checkNumericArray, checkWeights, type NumericArray } from '@brenier/errors';

/** What has mass, and its share. */
export interface Masses {
  /** Which of the things have mass, in order. */
  readonly kept: readonly number[];
  /** Their shares > 0, with sum 1. */
  readonly shares: Float64Array;
}

/** Checks masses and leaves out those that are 0. */
export function checkMasses(name: string, weights: NumericArray | undefined, count: number): Masses {
  const given = weights === undefined ? new Float64Array(count).fill(1) : checkNumericArray(name, weights);
  const masses = Float64Array.from(checkWeights(name, checkLength(name, given, count)));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const kept = [...masses.keys()].filter((i) => masses[i] / total > 0);
  return { kept, shares: Float64Array.from(kept, (i) => masses[i] / total) };
}

/** The rows of a row-major array that are kept, as float64. */
export function keepRows(points: NumericArray, kept: readonly number[], dim: number): Float64Array {
  return Float64Array.from({ length: kept.length * dim }, (_, at) => points[kept[(at / dim) | 0] * dim + (at % dim)]);
}
