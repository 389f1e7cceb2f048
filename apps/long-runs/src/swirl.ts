// What the long runs learn: the field (−y, x) scaled by 1 + t, at standard normal points.
import { fillNormal, fillUniform, type Rng } from '@brenier/random';
import type { Objective } from '@brenier/nets/fused';

/** The objective, with batches of `count` points. */
export function swirl(count: number): Objective {
  return {
    dim: 2,
    name: `swirl ${count}`,
    draw(rng: Rng) {
      const t = fillUniform(rng, new Float32Array(count));
      const x = fillNormal(rng, new Float32Array(2 * count));
      const target = x.map((_, i) => (i % 2 === 0 ? -x[i + 1] : x[i - 1]) * (1 + t[i >> 1]));
      return { count, dim: 2, t, x, target };
    },
  };
}
