import { normal, type Rng } from '@brenier/random';

/** Adds normal noise of standard deviation `sd` to every entry. */
export function addNoise(rng: Rng, points: Float64Array, sd: number): void {
  for (let i = 0; i < points.length; i++) points[i] += sd * normal(rng);
}
