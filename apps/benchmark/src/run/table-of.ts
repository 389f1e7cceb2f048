/** The figures of a run without what differs from one run to the next: clocks and machines. */
import type { RunResult } from '../results.js';

/**
 * What must be the same, to the last digit, however a run was done: on threads or through a queue, in one go or resumed.
 *
 * @returns JSON of all figures, pictures included, in a fixed order
 */
export function tableOf(run: RunResult): string {
  const { settings, methodSettings, dataSets, cells, sweep, failures } = run;
  const figures = cells.map(({ training, judgement, ...cell }) => ({
    ...cell,
    training: { ...training, trainingSeconds: 0, pairingSeconds: 0, engine: '' },
    judgement: { ...judgement, samplingSeconds: 0, w2Seconds: 0 },
  }));
  return JSON.stringify({ settings, methodSettings, dataSets, cells: figures, sweep, failures }, null, 1);
}
