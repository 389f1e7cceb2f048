/** What the report shows of a bridge after each of its iterations. */
import type { HalfStepRecord, LearnedBridge, MeasuredNumbers } from '@brenier/bridges';
import { wasserstein2 } from '@brenier/metrics';
import type { Rng } from '@brenier/random';
import type { SeededTask } from '../cell/tasks.js';
import type { IterationRecord } from '../results.js';
import type { SampledPaths, TrainedMethod } from './method.js';

/** Points of the W2 of an iteration: for the shape of the curve, not for the table. */
const WATCHED_POINTS = 2000;

/** The W2 between what arrives and the data, both held out. */
export function watchIteration(
  data: SeededTask,
  sample: (rng: Rng, start: Float64Array) => SampledPaths,
): MeasuredNumbers {
  const start = data.draw('source', 'watch', WATCHED_POINTS);
  const target = data.draw('target', 'watch', WATCHED_POINTS);
  const arrived = sample(data.stream('watch'), start.points).states.at(-1)!;
  return { w2: wasserstein2(arrived, target.points, { dim: 2 }).value };
}

/** One record for every pair of half-steps: backward, then forward. */
export function iterationRecords(history: LearnedBridge['history']): IterationRecord[] {
  return Array.from({ length: Math.floor(history.length / 2) }, (_, k) => {
    const [backward, forward] = [history[2 * k], history[2 * k + 1]];
    return {
      iteration: k + 1,
      slicedW2Source: backward.monitor!.slicedW2,
      slicedW2Target: forward.monitor!.slicedW2,
      pathEnergy: forward.monitor!.pathEnergy!,
      w2: forward.measured!.w2,
    };
  });
}

/** The losses of all half-steps, one after the other. */
export function lossCurve(history: readonly HalfStepRecord[]): TrainedMethod['losses'] {
  let before = 0;
  return history.flatMap(({ steps, losses: { window, means } }) => {
    const curve = means.map((loss, i) => ({ step: before + Math.min((i + 1) * window, steps), loss }));
    before += steps;
    return curve;
  });
}
