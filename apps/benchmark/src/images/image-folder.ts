/** The folder of a run on images: checkpoints, finished methods, pictures, numbers, page. Every write replaces a file as a whole. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { readKept, writeJson } from '../json-file.js';
import { beginWork, findWork, type FolderUse } from '../run/work-folder.js';
import type { ImageMethodResult, ImageRun } from './image-results.js';
import { protocolOf, type ImageMethodName, type ImageProtocol } from './image-settings.js';

/** Reads and writes of one run. */
export interface ImageFolder {
  /** The checkpoint file of a method's training. */
  checkpoint(method: ImageMethodName): string;
  /** What an earlier run kept of a method, finished or not; `undefined` where nothing, or where its file is damaged. */
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
 * Opens the folder of a run: a fresh one, or the one that is there.
 *
 * @throws Error where there is nothing to resume, or a run with other settings, or where a run is there that is not to be resumed
 */
export async function openImageFolder(folder: string, settings: ImageProtocol, use: FolderUse): Promise<ImageFolder> {
  const protocol = protocolOf(settings);
  const { work, before } = await findWork<ImageProtocol>(folder, use, (run) => 'samplingSteps' in run);
  if (before !== undefined) checkSameProtocol(before, protocol);
  await beginWork(work, use, protocol);
  return {
    checkpoint: (method) => join(work, `${method}.checkpoint`),
    kept: (method) => readKept<ImageMethodResult>(join(work, `${method}.json`)),
    spent: async (method) => (await readKept<number>(join(work, `${method}-seconds.json`))) ?? 0,
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

function checkSameProtocol(before: ImageProtocol, protocol: ImageProtocol): void {
  for (const name of Object.keys(protocol) as (keyof ImageProtocol)[]) {
    const [then, now] = [before[name], protocol[name]].map(String);
    if (then !== now) throw new Error(`Cannot resume: the run in this folder has ${name} ${then}, now ${now}.`);
  }
}
