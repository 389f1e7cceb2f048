/** The folder of a run: its checkpoints, its finished cells, its report. Every write replaces a file as a whole. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { CellResult, RunResult } from './results.js';
import { cellName, type CellSettings, type RunSettings } from './settings.js';

/** The settings that a resumed run must share with the run that it continues. */
type Identity = Pick<RunSettings, 'seed' | 'steps' | 'samples'>;

/** Reads and writes of one run. */
export interface RunFolder {
  /** The checkpoint file of a cell's training. */
  checkpoint(cell: CellSettings): string;
  /** What an earlier run kept of a cell, finished or not; `undefined` where nothing. */
  kept(cell: CellSettings): Promise<CellResult | undefined>;
  /** Keeps a cell for runs that resume. */
  keep(result: CellResult): Promise<void>;
  /** Writes the numbers and the report; returns the report's path. */
  publish(run: RunResult, html: string): Promise<string>;
}

/**
 * Opens the folder of a run: a fresh one, or with `resume` the one that is there.
 *
 * @throws Error where a run to resume had another seed, step count or sample count
 */
export async function openRunFolder(folder: string, settings: RunSettings, resume: boolean): Promise<RunFolder> {
  const identity: Identity = { seed: settings.seed, steps: settings.steps, samples: settings.samples };
  const work = join(folder, 'checkpoints');
  if (resume) await checkIdentity(join(work, 'run.json'), identity);
  else await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  await writeJson(join(work, 'run.json'), identity);
  const cellFile = (cell: CellSettings): string => join(work, `${cellName(cell)}.json`);
  return {
    checkpoint: (cell) => join(work, `${cellName(cell)}.checkpoint`),
    kept: (cell) => readJson<CellResult>(cellFile(cell)),
    keep: (result) => writeJson(cellFile(result.settings), result),
    async publish(run, html) {
      await writeJson(join(folder, 'results.json'), run);
      const report = join(folder, 'report.html');
      await writeFileAtomic(report, html);
      return report;
    },
  };
}

async function checkIdentity(file: string, identity: Identity): Promise<void> {
  const before = await readJson<Identity>(file);
  if (before === undefined) throw new Error(`Nothing to resume: ${file} does not exist. Start without --resume.`);
  for (const name of ['seed', 'steps', 'samples'] as const) {
    if (before[name] !== identity[name]) {
      throw new Error(
        `Cannot resume: the run in this folder has --${name} ${before[name]}, now --${name} ${identity[name]}.`,
      );
    }
  }
}

async function readJson<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function writeJson(file: string, value: unknown): Promise<void> {
  return writeFileAtomic(file, `${JSON.stringify(value, null, 1)}\n`);
}
