/** The table of a run, once as rows of text: the terminal and the report print the same cells. */
import { publishedEnergy, publishedW2, type Published } from '../published.js';
import type { RunResult } from '../results.js';
import { alignedTable } from './aligned-table.js';

/** The head of the table. */
export const TABLE_HEAD = [
  'data',
  'method',
  'steps',
  'W2',
  'floor',
  'published W2',
  'path energy',
  'W2²(p0,p1)',
  'published energy',
  'NPE',
  'train s',
  'pair s',
  'sample s',
] as const;

/** One row of text per cell, in the order of {@link TABLE_HEAD}. */
export function tableRows(run: RunResult): string[][] {
  return run.cells.map(({ settings, training, judgement, npe }) => {
    const dataSet = run.dataSets.find(({ name }) => name === settings.dataSet)!;
    return [
      settings.dataSet,
      settings.method,
      String(training.step),
      judgement.w2.toFixed(3),
      dataSet.samplingFloor.toFixed(3),
      withSpread(publishedW2(settings.dataSet, settings.method)),
      judgement.pathEnergy.toFixed(3),
      dataSet.energyFloor.toFixed(3),
      withSpread(publishedEnergy(settings.dataSet, settings.method)),
      npe.toFixed(3),
      training.trainingSeconds.toFixed(1),
      training.pairingSeconds.toFixed(1),
      judgement.samplingSeconds.toFixed(2),
    ];
  });
}

/** The table as aligned lines of text: names to the left, numbers to the right. */
export function textTable(run: RunResult): string {
  return alignedTable(TABLE_HEAD, tableRows(run), 2);
}

function withSpread({ mean, sd }: Published): string {
  return `${mean.toFixed(3)} ± ${sd.toFixed(3)}`;
}
