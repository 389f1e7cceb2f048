/** Progress of a run on images as one line of text. */
import type { ImageMethodResult } from './image-results.js';
import type { ImageProgress } from './method/image-method.js';

/** Where a training stands. */
export function describeProgress({ stage, step, steps, loss, remaining }: ImageProgress): string {
  const where = stage === undefined ? '' : `${stage}, `;
  return `${where}step ${step} of ${steps}, loss ${loss.toFixed(4)}, ${formatTime(remaining)} left`;
}

/** What a method came to. */
export function describeOutcome({ training, judgement }: ImageMethodResult): string {
  const stopped = training.status === 'finished' ? '' : ` (${training.status})`;
  return `${training.step} steps${stopped}, digit-feature Fréchet distance ${judgement.frechet.toFixed(2)}`;
}

function formatTime(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) return '?';
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
