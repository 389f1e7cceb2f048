/** An objective on a cache that is simulated anew every so many updates. */
import type { Objective, TrainingBatch } from '@brenier/nets/fused';
import type { Rng } from '@brenier/random';

/** How a cache is made and drawn from. */
export interface RefreshingObjective<Cache> {
  readonly dim: number;
  readonly name: string;
  /** Updates between two caches. */
  readonly refreshEvery: number;
  /** Cache e is made from the fork e of it. */
  readonly rng: Rng;
  /** Makes a cache; `undefined` where an abort came first. */
  make(rng: Rng): Promise<Cache | undefined>;
  draw(cache: Cache, rng: Rng): TrainingBatch | Promise<TrainingBatch>;
}

/**
 * The objective. The cache of a step is a function of the seed and of the number of the cache, so a run that resumes in the middle of
 * its use makes the same one again.
 *
 * Steps are counted from where the training loop says that it starts; the loop asks for one batch after the other, and for one more than
 * it makes updates. That one, and the one that an abort leaves without a cache, are evaluated and never learnt from.
 */
export function refreshingObjective<Cache>(plan: RefreshingObjective<Cache>): Objective {
  const { dim, name, refreshEvery, rng } = plan;
  let step = 0;
  let lastStep = Infinity;
  let kept: { readonly epoch: number; readonly cache: Cache } | undefined;
  return {
    dim,
    name,
    start(_rng, firstStep, steps) {
      step = firstStep;
      lastStep = Math.max(0, steps - 1);
    },
    async draw(batchRng) {
      const isBeyond = step > lastStep;
      const epoch = Math.floor(Math.min(step, lastStep) / refreshEvery);
      step++;
      if (kept?.epoch !== epoch) {
        // Let go of the old cache before the new one takes its room.
        kept = undefined;
        const cache = isBeyond ? undefined : await plan.make(rng.fork(epoch));
        if (cache === undefined) return idleBatch(dim);
        kept = { epoch, cache };
      }
      return plan.draw(kept.cache, batchRng);
    },
  };
}

function idleBatch(dim: number): TrainingBatch {
  const zeros = () => new Float32Array(dim);
  return { count: 1, dim, t: Float32Array.of(0.5), x: zeros(), target: zeros() };
}
