/** Progress as one line of text. */
import type { CellEvent } from '../cell/cell-event.js';
import { isCellResult, type Answer, type WorkOrder } from '../cell/work-order.js';

/** What an order is about. */
export function describeOrder(order: WorkOrder): string {
  if (order.kind === 'floor') return `Floors of ${order.dataSet}, seed ${order.seed}`;
  if (order.kind === 'exact-bridge') return `Exact bridge of ${order.dataSet}, σ = ${order.sigma}`;
  const { method, dataSet, seed, sigma } = order.settings;
  return `${method} on ${dataSet}, seed ${seed}${sigma === undefined ? '' : `, σ = ${sigma}`}`;
}

/** Where a cell stands. */
export function describeEvent(event: CellEvent): string {
  if (event.phase === 'sampling') return 'sampling';
  if (event.phase === 'judging') return 'judging: exact W2 with its proof';
  const { stage, step, steps, loss, stepsPerSecond, secondsLeft } = event;
  const pace = `, ${stepsPerSecond.toFixed(0)} steps/s, ${describeSeconds(secondsLeft)} left`;
  return `${stage}, step ${step} of ${steps}, loss ${loss.toFixed(4)}${stepsPerSecond > 0 ? pace : ''}`;
}

/** What an order came to. */
export function describeAnswer(answer: Answer<WorkOrder>): string {
  if (!isCellResult(answer)) return 'done';
  const { training, judgement } = answer;
  const stopped = training.status === 'finished' ? '' : ` (${training.status})`;
  return `${training.step} steps${stopped}, W2 ${judgement.w2.toFixed(3)}, path energy ${judgement.pathEnergy.toFixed(3)}`;
}

/** A time that is left. */
export function describeSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
