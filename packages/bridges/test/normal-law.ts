import { fillNormal } from '@brenier/random';
import type { PointSource } from '../src/index.js';

/** The law N(mean·1, sd²·I). */
export function normalLaw(dim: number, mean = 0, sd = 1): PointSource {
  return { dim, draw: (rng, count) => fillNormal(rng, new Float64Array(count * dim), { mean, sd }) };
}
