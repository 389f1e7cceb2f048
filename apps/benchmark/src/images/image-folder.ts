/** The folder of a run on images: checkpoints, finished methods, pictures, numbers, page. Every write replaces a file as a whole. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { readJson, writeJson } from '../json-file.js';
import type { ImageMethodResult, ImageRun } from './image-results.js';
import { protocolOf, type ImageMethodName, type ImageProtocol } from './image-settings.js';

/** Reads and writes of one run. */
export interface ImageFolder {
  /** The checkpoint file of a method's training. */
  checkpoint(method: ImageMethodName): string;
  /** What an earlier run kept of a method, finished or not; `undefined` where nothing. */
  kept(method: ImageMethodName): Promise<ImageMethodResult | undefined>;
  /** Seconds that earlier runs trained a method; 0 where none did. */
  spent(method: ImageMethodName): Promise<number>;
  /** Keeps the seconds that a method was trained, those of earlier runs included. */
  spend(method: ImageMethodName, seconds: number): Promise<void>;
  /** Keeps a method for runs that resume. */
  keep(result: ImageMethodResult): Promise<void>;
  /** Writes a picture. */
  draw(name: string, png: Uint8Array): Promise<void>;
  /** Reads a picture. */
  picture(name: string): Promise<Uint8Array>;
  /** Writes the numbers and the page; returns the page's path. */
  publish(run: ImageRun, html: string): Promise<string>;
}

/**
 * Opens the folder of a run: a fresh one, or with `resume` the one that is there.
 *
 * @throws Error where there is nothing to resume, or a run with other settings
 */
export async function openImageFolder(folder: string, settings: ImageProtocol, resume: boolean): Promise<ImageFolder> {
  const protocol = protocolOf(settings);
  const work = join(folder, 'checkpoints');
  if (resume) await checkSameProtocol(join(work, 'run.json'), protocol);
  else await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  await writeJson(join(work, 'run.json'), protocol);
  return {
    checkpoint: (method) => join(work, `${method}.checkpoint`),
    kept: (method) => readJson<ImageMethodResult>(join(work, `${method}.json`)),
    spent: async (method) => (await readJson<number>(join(work, `${method}-seconds.json`))) ?? 0,
    spend: (method, seconds) => writeJson(join(work, `${method}-seconds.json`), seconds),
    keep: (result) => writeJson(join(work, `${result.method}.json`), result),
    draw: (name, png) => writeFileAtomic(join(folder, name), Buffer.from(png)),
    picture: (name) => readFile(join(folder, name)),
    async publish(run, html) {
      await writeJson(join(folder, 'results.json'), run);
      const page = join(folder, 'report.html');
      await writeFileAtomic(page, html);
      return page;
    },
  };
}

async function checkSameProtocol(file: string, protocol: ImageProtocol): Promise<void> {
  const before = await readJson<ImageProtocol>(file);
  if (before === undefined) throw new Error(`Nothing to resume: ${file} does not exist. Start without --resume.`);
  for (const name of Object.keys(protocol) as (keyof ImageProtocol)[]) {
    const [then, now] = [before[name], protocol[name]].map(String);
    if (then !== now) throw new Error(`Cannot resume: the run in this folder has ${name} ${then}, now ${now}.`);
  }
}
