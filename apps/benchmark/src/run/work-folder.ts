/** The folder `checkpoints` of a run, whatever is run: nothing in it is removed unasked. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Option } from 'commander';
import { readJson, writeJson } from '../json-file.js';

/** What becomes of a run that the folder holds: none may be there, it goes on, or it is removed. */
export type FolderUse = 'start' | 'resume' | 'overwrite';

/** The options that choose. */
export interface FolderOptions {
  resume: boolean;
  overwrite: boolean;
}

/** The option `--overwrite`; `--resume` is worded by each command. */
export function overwriteOption(): Option {
  return new Option('--overwrite', 'start afresh although the --out folder holds a run, whose checkpoints are removed')
    .default(false)
    .conflicts('resume');
}

/** What the options ask for. */
export function folderUse({ resume, overwrite }: FolderOptions): FolderUse {
  return resume ? 'resume' : overwrite ? 'overwrite' : 'start';
}

/**
 * Looks at the folder and changes nothing.
 *
 * @param isOurs - whether what `run.json` holds was written by this command
 * @returns the path of the checkpoints, and to `'resume'` what `run.json` holds
 * @throws Error where there is nothing to resume or `run.json` cannot be read, or with `'start'` where there are checkpoints
 */
export async function findWork<T extends object>(
  out: string,
  use: FolderUse,
  isOurs: (run: T) => boolean,
): Promise<{ work: string; before: T | undefined }> {
  const work = join(out, 'checkpoints');
  if (use === 'start') await refuseCheckpoints(work);
  if (use !== 'resume') return { work, before: undefined };
  const file = join(work, 'run.json');
  const before = await readJson<T>(file).catch((error: Error) => {
    throw new Error(`Cannot resume: ${error.message}. Give an intact one, or start afresh with --overwrite.`, {
      cause: error,
    });
  });
  if (before === undefined) throw new Error(`Nothing to resume: ${file} does not exist. Start without --resume.`);
  if (!isOurs(before)) throw new Error(`Cannot resume: ${file} is of another command.`);
  return { work, before };
}

/**
 * Makes the folder of the checkpoints, an empty one where no run is resumed.
 *
 * @param run - what `run.json` is to hold
 */
export async function beginWork(work: string, use: FolderUse, run: object): Promise<void> {
  if (use === 'overwrite') await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  await writeJson(join(work, 'run.json'), run);
}

async function refuseCheckpoints(work: string): Promise<void> {
  const names = await readdir(work).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (names.length === 0) return;
  throw new Error(
    `"out" expected a folder without a run, but ${work} is not empty: --resume continues it, --overwrite starts afresh.`,
  );
}
