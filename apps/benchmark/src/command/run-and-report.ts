/** What the commands share: run, publish, print. */
import { htmlReport } from '../report/html-report.js';
import { textTable } from '../report/table.js';
import type { Crew } from '../run/crew.js';
import { planRun } from '../run/plan.js';
import { openRunFolder, type RunFolder } from '../run/run-folder.js';
import { runTable } from '../run/run-table.js';
import type { FolderUse } from '../run/work-folder.js';
import type { RunSettings } from '../settings.js';
import { stopSignal } from './stop-signal.js';

/** A parsed command line. */
export interface Request {
  settings: RunSettings;
  /** Folder of the report, the numbers and the checkpoints. */
  out: string;
  /** What becomes of a run in `out`. */
  use: FolderUse;
  /** Print the numbers as JSON on standard output, and nothing else there. */
  json: boolean;
  /** What was typed, without paths. */
  command: string;
  /** Who does the work. */
  crew(folder: RunFolder): Crew | Promise<Crew>;
}

/** Does what was asked for; the exit code is 0 where the run came to its end, 130 where it was interrupted, 1 where a cell failed. */
export async function runAndReport({ settings, out, use, json, command, crew }: Request): Promise<void> {
  if (planRun(settings).cells.length === 0) {
    throw new Error(
      `"methods" expected one that fits a data set, got ${settings.methods.join(', ')} on ${settings.dataSets.join(', ')}`,
    );
  }
  const signal = stopSignal('Stopping: each cell saves a checkpoint. Press Ctrl-C again to quit at once.');
  const folder = await openRunFolder(out, settings, use);
  // A queue that cannot be reached must not cost the run that is there.
  const workers = await crew(folder);
  const run = await folder
    .begin()
    .then(() => runTable(settings, { folder, crew: workers, signal, isSilent: json, command }))
    .finally(() => workers.close());
  const report = await folder.publish(run, htmlReport(run));
  if (json) process.stdout.write(`${JSON.stringify(run, null, 1)}\n`);
  else process.stdout.write(`\n${textTable(run)}\n\nReport: ${report}\n${advice[run.status]}`);
  for (const { cell, reason } of run.failures) process.stderr.write(`${cell}: ${reason}\n`);
  process.exitCode = { finished: 0, 'time-limit': 0, aborted: 130, failed: 1 }[run.status];
}

const advice = {
  finished: '',
  'time-limit': 'Some cells have steps left; the same command with --resume --time-limit SECONDS continues them.\n',
  aborted: 'Some cells have steps left; the same command with --resume continues them.\n',
  failed: 'Some cells failed; the same command with --resume tries them again.\n',
};
