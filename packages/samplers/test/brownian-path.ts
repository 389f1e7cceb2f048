import { createRng, fillNormal, type Rng } from '@brenier/random';

/**
 * Brownian paths that can be seen at any coarser grid: `coarse(fold)` is a generator from which an integrator with fineSteps / fold
 * steps draws exactly the increments that one with `fineSteps` draws from `coarse(1)`, summed.
 */
export function brownianPaths(seed: number, fineSteps: number, count: number): { coarse(fold: number): Rng } {
  const fine = Array.from({ length: fineSteps }, (_, k) =>
    fillNormal(createRng(seed).fork(k), new Float64Array(count)),
  );
  const refuse = () => {
    throw new Error('only the normal numbers of steps can be drawn from a path');
  };
  return {
    coarse: (fold) => ({
      uint32: refuse,
      uniform: refuse,
      snapshot: refuse,
      fork(k) {
        const steps = fine.slice(Number(k) * fold, (Number(k) + 1) * fold);
        let i = 0;
        // Normal numbers are made of uniform ones by inversion, so the distribution function gives the sums back.
        const uniform = () => {
          const sum = steps.reduce((total, normals) => total + normals[i], 0);
          i++;
          return normalProbability(sum / Math.sqrt(fold));
        };
        return { uint32: refuse, uniform, snapshot: refuse, fork: refuse };
      },
    }),
  };
}

/** Φ(z) = ½ + φ(z)(z + z³/3 + z⁵/15 + …), to 1e-16 absolutely. */
function normalProbability(z: number): number {
  let term = z;
  let sum = z;
  for (let n = 3; Math.abs(term) > 1e-18; n += 2) {
    term *= (z * z) / n;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}
