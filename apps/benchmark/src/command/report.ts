/** `pnpm report`: the page of a run that was done before, or elsewhere, from its numbers. */
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import writeFileAtomic from 'write-file-atomic';
import { parseJson } from '../json-file.js';
import { htmlReport } from '../report/html-report.js';
import { markdownTable } from '../report/markdown-table.js';
import { tableFigures } from '../report/table-figures.js';
import { textTable } from '../report/table.js';
import type { RunResult } from '../results.js';

const FORMAT = 'brenier-benchmark/2' satisfies RunResult['format'];

/** The command. */
export function reportCommand(): Command {
  return new Command('report')
    .description(
      'Write the report of a run again from its results.json, and with --out all that a reader needs without the program.',
    )
    .argument('<results>', 'the results.json of a run')
    .option('--out <folder>', 'write report, numbers, a page of Markdown and the figures there')
    .action(async (results: string, { out }: { out?: string }) => {
      const run = parseRun(await readFile(results, 'utf8'), results);
      const folder = out ?? dirname(results);
      if (out !== undefined) await writeFolder(out, results, run);
      const report = join(folder, 'report.html');
      await writeFileAtomic(report, htmlReport(run));
      process.stdout.write(`${textTable(run)}\n\nReport: ${report}\n`);
    });
}

function parseRun(text: string, file: string): RunResult {
  const run = parseJson<Partial<RunResult>>(text, file);
  if (run.format === FORMAT) return run as RunResult;
  throw new Error(`"results" expected a file of format ${FORMAT}, got ${String(run.format)} in ${file}`);
}

/** Numbers without indentation, a page, and its figures. */
async function writeFolder(out: string, results: string, run: RunResult): Promise<void> {
  const figures = tableFigures(run);
  await mkdir(join(out, 'figures'), { recursive: true });
  for (const [name, svg] of figures) await writeFileAtomic(join(out, 'figures', `${name}.svg`), svg);
  await writeFileAtomic(join(out, 'table.md'), markdownTable(run, [...figures.keys()]));
  const numbers = join(out, 'results.json');
  if (resolve(numbers) !== resolve(results)) await writeFileAtomic(numbers, `${JSON.stringify(run)}\n`);
}
