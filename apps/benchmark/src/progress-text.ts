/** Progress as one line of text. */
import type { CellEvent } from './cell/messages.js';
import type { CellResult } from './results.js';

/** Where a cell stands. */
export function describeEvent(event: CellEvent): string {
  if (event.phase === 'sampling') return 'sampling';
  if (event.phase === 'judging') return 'judging: exact W2 with its proof';
  const { step, steps, loss, stepsPerSecond, secondsLeft } = event;
  return `step ${step} of ${steps}, loss ${loss.toFixed(4)}, ${stepsPerSecond.toFixed(0)} steps/s, ${formatSeconds(secondsLeft)} left`;
}

/** What a cell came to. */
export function describeResult({ training, judgement }: CellResult): string {
  const stopped = training.status === 'finished' ? '' : ` (${training.status})`;
  return `${training.step} steps${stopped}, W2 ${judgement.w2.toFixed(3)}, path energy ${judgement.pathEnergy.toFixed(3)}`;
}

function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
