/** JSON files that are there as a whole or not at all. */
import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';

/** A file that is there and cannot be read as JSON. */
class DamagedFileError extends Error {}

/**
 * What a file holds; `undefined` where there is none.
 *
 * @throws DamagedFileError where it is no JSON
 */
export async function readJson<T>(file: string): Promise<T | undefined> {
  try {
    return parseJson<T>(await readFile(file, 'utf8'), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What a file holds; `undefined` where there is none, and, with a word on standard error, where it is no JSON. */
export async function readKept<T>(file: string): Promise<T | undefined> {
  try {
    return await readJson<T>(file);
  } catch (error) {
    if (!(error instanceof DamagedFileError)) throw error;
    process.stderr.write(`${error.message}; it counts as missing\n`);
    return undefined;
  }
}

/**
 * What the text of a file says.
 *
 * @throws DamagedFileError where it is no JSON
 */
export function parseJson<T>(text: string, file: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new DamagedFileError(`${file} is no JSON: ${(error as Error).message}`, { cause: error });
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
