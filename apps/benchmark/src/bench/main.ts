#!/usr/bin/env node
/** `pnpm bench <suite>`: times our engines, alone or in turn with their rivals. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { outliveReaders } from '../command/closed-output.js';
import { parseBenchCommandLine } from './command-line.js';
import { benchPage } from './report/bench-page.js';
import { benchText } from './report/bench-table.js';
import type { BenchResult } from './results.js';
import { runBench } from './run-bench.js';
import { exactSuite } from './suite/exact-suite.js';
import { sampleSuite } from './suite/sample-suite.js';
import { trainSuite } from './suite/train-suite.js';

outliveReaders();
const request = parseBenchCommandLine(process.argv, [trainSuite, sampleSuite, exactSuite]);
const { page, text } = request.suite.report ?? { page: benchPage, text: benchText };
const controller = new AbortController();
process.once('SIGINT', () => {
  process.stderr.write('\nStopping: what is measured is kept. Press Ctrl-C again to quit at once.\n');
  controller.abort();
  process.once('SIGINT', () => process.exit(130));
});
process.once('SIGTERM', () => controller.abort());

try {
  await mkdir(request.out, { recursive: true });
  const result = await runBench(request, keep, controller.signal);
  await keep(result);
  process.stdout.write(`\n${text(result)}\n\nReport: ${join(request.out, 'report.html')}\n`);
  process.exitCode = { finished: 0, failed: 1, aborted: 130 }[result.status];
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function keep(result: BenchResult): Promise<void> {
  await writeFileAtomic(join(request.out, 'results.json'), `${JSON.stringify(result, null, 1)}\n`);
  await writeFileAtomic(join(request.out, 'report.html'), page(result));
}
