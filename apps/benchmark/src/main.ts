#!/usr/bin/env node
/** `pnpm start`: one command trains flows and judges them. */
import { parseCommandLine } from './command-line.js';
import { htmlReport } from './report/html-report.js';
import { textTable } from './report/table.js';
import { openRunFolder } from './run-folder.js';
import { runBenchmark } from './run.js';

const request = parseCommandLine(process.argv);
const controller = new AbortController();
process.once('SIGINT', () => {
  process.stderr.write('\nStopping: each cell saves a checkpoint. Press Ctrl-C again to quit at once.\n');
  controller.abort();
  process.once('SIGINT', () => process.exit(130));
});
process.once('SIGTERM', () => controller.abort());

try {
  const folder = await openRunFolder(request.out, request.settings, request.resume);
  const run = await runBenchmark(request, folder, controller.signal);
  const report = await folder.publish(run, htmlReport(run));
  if (request.json) process.stdout.write(`${JSON.stringify(run, null, 1)}\n`);
  else process.stdout.write(`\n${textTable(run)}\n\nReport: ${report}\n`);
  if (run.status !== 'finished' && !request.json)
    process.stdout.write(
      'Some cells have steps left; the same command with --resume --time-limit SECONDS continues them.\n',
    );
  process.exitCode = run.status === 'aborted' ? 130 : 0;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
