/** A training that waits between batches, so that any number of steps in its midst can be timed without its start and its end. */
import { train, type TrainingBatch, type TrainOptions } from '@brenier/nets/fused';

/** A training in progress. */
export interface SteadyTraining {
  /** Makes this many steps and waits for them. */
  run(steps: number): Promise<void>;
  /** Ends the training. */
  stop(): Promise<void>;
}

/** Starts a training on one batch, which waits until steps are asked for. */
export function steadyTraining(
  options: Omit<TrainOptions, 'objective' | 'steps' | 'signal'>,
  batch: TrainingBatch,
): SteadyTraining {
  const controller = new AbortController();
  let left = 0;
  let give: ((batch: TrainingBatch) => void) | undefined;
  let pause = (): void => undefined;
  const draw = (): TrainingBatch | Promise<TrainingBatch> => {
    if (left > 0) {
      left--;
      return batch;
    }
    // Asking for the next batch, the loop is done with those before.
    pause();
    return new Promise((resolve) => (give = resolve));
  };
  const untilPause = (): Promise<void> => new Promise((resolve) => (pause = resolve));
  const started = untilPause();
  const ended = train({
    ...options,
    objective: { dim: batch.dim, draw },
    steps: Number.MAX_SAFE_INTEGER,
    signal: controller.signal,
  }).then(({ status, step }) => {
    if (!controller.signal.aborted) throw new Error(`the training ended at step ${step}: ${status}`);
  });
  // It is asked for its end in every run, and that nobody asks is no error.
  ended.catch(() => undefined);
  return {
    async run(steps) {
      await Promise.race([started, ended]);
      const paused = untilPause();
      left = steps - 1;
      give?.(batch);
      await Promise.race([paused, ended]);
    },
    async stop() {
      await Promise.race([started, ended]);
      controller.abort();
      give?.(batch);
      await ended;
    },
  };
}
