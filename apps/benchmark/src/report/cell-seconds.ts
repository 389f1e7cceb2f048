/** What a run cost. */
import type { RunResult } from '../results.js';

/** Seconds that the cells took together, over however many threads, machines and resumed commands they were spread. */
export function cellSeconds({ cells }: RunResult): number {
  return cells.reduce(
    (sum, { training, judgement }) =>
      sum + training.trainingSeconds + training.pairingSeconds + judgement.samplingSeconds + judgement.w2Seconds,
    0,
  );
}
