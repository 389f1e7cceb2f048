// A regression that a small network learns fast: the field (−y, x) scaled by 1 + t.
import { fillNormal, fillUniform, type Rng } from '@brenier/random';
import type { Objective, TrainingBatch } from '../src/index.js';

/** The objective, with batches of `count` standard normal points. */
export function swirl(count = 32): Objective {
  return { dim: 2, name: `swirl ${count}`, draw: (rng) => swirlBatch(rng, count) };
}

/** One batch. */
export function swirlBatch(rng: Rng, count: number): TrainingBatch {
  const t = fillUniform(rng, new Float32Array(count));
  const x = fillNormal(rng, new Float32Array(2 * count));
  const target = x.map((_, i) => (i % 2 === 0 ? -x[i + 1] : x[i - 1]) * (1 + t[i >> 1]));
  return { count, dim: 2, t, x, target };
}
