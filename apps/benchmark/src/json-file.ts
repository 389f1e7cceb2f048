/** JSON files that are there as a whole or not at all. */
import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';

/** What a file holds; `undefined` where there is none. */
export async function readJson<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Replaces a file as a whole. */
export function writeJson(file: string, value: unknown): Promise<void> {
  return writeFileAtomic(file, `${jsonText(value)}\n`);
}

/** JSON with a line for every name, but one for a whole list of numbers: pictures are many of these. */
function jsonText(value: unknown): string {
  // A bracket before a line break is no part of a string, where a break is written as \n.
  return JSON.stringify(value, null, 1).replace(/\[\n[\s\d.,e+-]+\]/g, (list) => list.replace(/\s+/g, ''));
}
