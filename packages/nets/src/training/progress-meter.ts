// Progress events: a smoothed loss, a rate, and not too many of them.
import type { TrainJob, TrainProgress } from './train-options.js';

/** Decay of the smoothed loss: a memory of about 100 steps. */
const DECAY = 0.99;

/** Gathers what progress events tell. */
export interface ProgressMeter {
  /** Takes in the loss at `step`; tells the caller if it is time, or if `isLast`. */
  report(step: number, loss: number, now: number, isLast: boolean): void;
}

/** A meter for a run that starts at `firstStep` at the time `start`. */
export function createProgressMeter(
  { steps, onProgress, progressInterval }: Pick<TrainJob, 'steps' | 'onProgress' | 'progressInterval'>,
  firstStep: number,
  start: number,
): ProgressMeter {
  let sum = 0;
  let mass = 0;
  let reported = start;
  return {
    report(step, loss, now, isLast) {
      sum = DECAY * sum + (1 - DECAY) * loss;
      mass = DECAY * mass + (1 - DECAY);
      if (onProgress === undefined || (!isLast && now - reported < progressInterval)) return;
      reported = now;
      const elapsed = now - start;
      const done = step - firstStep;
      const event: TrainProgress = {
        step,
        steps,
        loss: sum / mass,
        stepsPerSecond: elapsed > 0 ? (1000 * done) / elapsed : 0,
        elapsed,
        remaining: done > 0 ? ((steps - step) * elapsed) / done : step === steps ? 0 : Infinity,
      };
      onProgress(event);
    },
  };
}
