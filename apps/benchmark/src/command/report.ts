/** `pnpm report`: the page of a run that was done before, or elsewhere, from its numbers. */
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import writeFileAtomic from 'write-file-atomic';
import { htmlReport } from '../report/html-report.js';
import { textTable } from '../report/table.js';
import { tableFigures } from '../report/table-figures.js';
import type { RunResult } from '../results.js';

const FORMAT = 'brenier-benchmark/2' satisfies RunResult['format'];

/** The command. */
export function reportCommand(): Command {
  return new Command('report')
    .description('Write the report of a finished run again, from its results.json.')
    .argument('<results>', 'the results.json of a run')
    .option('--out <folder>', 'where the report goes (default: beside the numbers)')
    .option('--figures <folder>', 'write the figures there too, each as an SVG file')
    .action(async (results: string, { out = dirname(results), figures }: { out?: string; figures?: string }) => {
      const run = parseRun(await readFile(results, 'utf8'), results);
      await mkdir(out, { recursive: true });
      const report = join(out, 'report.html');
      await writeFileAtomic(report, htmlReport(run));
      if (figures !== undefined) await writeFigures(figures, run);
      process.stdout.write(`${textTable(run)}\n\nReport: ${report}\n`);
    });
}

function parseRun(text: string, file: string): RunResult {
  const run = JSON.parse(text) as Partial<RunResult>;
  if (run.format === FORMAT) return run as RunResult;
  throw new Error(`"results" expected a file of format ${FORMAT}, got ${String(run.format)} in ${file}`);
}

async function writeFigures(folder: string, run: RunResult): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, svg] of tableFigures(run)) await writeFileAtomic(join(folder, `${name}.svg`), svg);
}
