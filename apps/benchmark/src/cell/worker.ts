/** The thread side of a run: one export per kind of work order. */
import type { CellResult } from '../results.js';
import { PICTURED_POINTS } from '../settings.js';
import { thin } from '../thinning.js';
import { judgeCell } from './judge-cell.js';
import type { CellEvent, CellTask } from './messages.js';
import { trainCell } from './train-cell.js';

export { describeDataSet } from './describe-data-set.js';

/** Trains one cell, judges it, and returns its numbers. */
export async function runCell({ settings, timeLimit, checkpoint, port }: CellTask): Promise<CellResult> {
  const controller = new AbortController();
  const report = (event: CellEvent): void => port.postMessage(event);
  port.on('message', () => controller.abort());
  try {
    const trained = await trainCell(settings, {
      timeLimit,
      checkpoint,
      signal: controller.signal,
      onProgress: ({ step, steps, loss, stepsPerSecond, remaining, elapsed }) => {
        const secondsLeft = Math.min(remaining / 1000, timeLimit - elapsed / 1000);
        report({ phase: 'training', step, steps, loss, stepsPerSecond, secondsLeft });
      },
    });
    report({ phase: 'sampling' });
    const judged = judgeCell(settings, trained, () => report({ phase: 'judging' }));
    return {
      settings,
      training: trained.record,
      judgement: judged.record,
      pictures: {
        generated: thin(judged.generated, PICTURED_POINTS),
        paths: Array.from({ length: Math.min(PICTURED_PATHS, settings.samples) }, (_, i) =>
          thin(
            judged.states.flatMap((state) => [state[2 * i], state[2 * i + 1]]),
            judged.states.length,
          ),
        ),
        pairs: thin(trained.pairs, trained.pairs.length / 2),
      },
    };
  } finally {
    port.close();
  }
}

const PICTURED_PATHS = 160;
