#!/usr/bin/env node
/** `pnpm reproduce:images`: flows and a bridge on real handwritten digits. */
import { loadDigits } from '@brenier/datasets/digits';
import { outliveReaders } from '../command/closed-output.js';
import { parseImageCommand } from './command-line.js';
import { splitDigits } from './digit-sets.js';
import { openImageFolder } from './image-folder.js';
import { imageReport } from './report/image-report.js';
import { imageTable } from './report/image-table.js';
import { runImages } from './run-images.js';

outliveReaders();
const { settings, out, use } = parseImageCommand(process.argv);
const controller = new AbortController();
process.once('SIGINT', () => {
  process.stderr.write('\nStopping with a checkpoint. Press Ctrl-C again to quit at once.\n');
  controller.abort();
  process.once('SIGINT', () => process.exit(130));
});
process.once('SIGTERM', () => controller.abort());

try {
  const folder = await openImageFolder(out, settings, use);
  const sets = splitDigits(await loadDigits());
  const command = ['pnpm reproduce:images', ...withoutPaths(process.argv.slice(2))].join(' ');
  const run = await runImages(settings, sets, folder, controller.signal, command);
  const page = await folder.publish(run, await imageReport(run, (name) => folder.picture(name)));
  process.stdout.write(`\n${imageTable(run)}\n\nReport: ${page}\n`);
  if (run.status !== 'finished') {
    process.stdout.write('Some methods have steps left; the same command with --resume continues them.\n');
  }
  process.exitCode = run.status === 'aborted' ? 130 : 0;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** The arguments but for `--out`, whose folder is nobody else's concern, and what becomes of a run there. */
function withoutPaths(words: readonly string[]): string[] {
  return words.filter(
    (word, k) => !word.startsWith('--out') && words[k - 1] !== '--out' && !['--resume', '--overwrite'].includes(word),
  );
}
