/** The table of a run on images, once as rows of text: the terminal and the page print the same cells. */
import { alignedTable } from '../../report/aligned-table.js';
import type { ImageMethodResult, ImageRun } from '../image-results.js';

/** The head of the table. */
export const IMAGE_TABLE_HEAD = [
  'method',
  'from',
  'steps',
  'feature Fréchet',
  'floor',
  'starts',
  'precision',
  'real',
  'recall',
  'real',
  'nearest',
  'real',
  'energy',
  'NFE',
  'train min',
  'sample s',
] as const;

/** One row of text a method, in the order of {@link IMAGE_TABLE_HEAD}. */
export function imageRows(run: ImageRun): string[][] {
  return run.methods.map((result) => {
    const { method, training, judgement } = result;
    const task = taskOf(run, result);
    return [
      method,
      task.task === 'noise to digits' ? 'noise' : 'digits',
      String(training.step),
      judgement.frechet.toFixed(2),
      task.floor.toFixed(2),
      task.untouched.toFixed(1),
      judgement.precision.toFixed(3),
      task.precision.toFixed(3),
      judgement.recall.toFixed(3),
      task.recall.toFixed(3),
      judgement.nearestTraining.toFixed(2),
      task.nearestTraining.toFixed(2),
      judgement.pathEnergy.toFixed(0),
      String(judgement.nfe),
      (training.seconds / 60).toFixed(1),
      judgement.samplingSeconds.toFixed(0),
    ];
  });
}

/** The table as aligned lines of text. */
export function imageTable(run: ImageRun): string {
  return alignedTable(IMAGE_TABLE_HEAD, imageRows(run), 2);
}

/** What a method is compared with. */
export function taskOf(run: ImageRun, { task }: ImageMethodResult): ImageRun['tasks'][number] {
  return run.tasks.find((each) => each.task === task)!;
}
