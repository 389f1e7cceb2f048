// A checkpoint on disk that a crash, a kill or a power cut cannot tear.
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { describeValue } from '@brenier/errors';
import writeFileAtomic from 'write-file-atomic';
import { checkBytes, type CheckpointStore } from './checkpoint-store.js';

/**
 * A checkpoint in a file.
 *
 * Saving writes a temporary file beside it, flushes it to the disk and renames it over the old one, which POSIX makes atomic; a
 * process killed meanwhile may leave the temporary file behind, never a torn checkpoint. The folder is made if needed.
 *
 * @param path - the file, for example `runs/moons.checkpoint`
 * @returns the store, named after the file; `load` gives `undefined` where there is no such file
 * @throws TypeError where `path` is no string, RangeError where it is empty; `load` and `save` reject with the file system's errors
 *
 * @example
 * ```ts
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { fileCheckpoint } from '@brenier/nets/node';
 *
 * const store = fileCheckpoint(join(tmpdir(), `example-${process.pid}.checkpoint`));
 * await store.load(); // => undefined
 * ```
 */
export function fileCheckpoint(path: string): CheckpointStore {
  if (typeof path !== 'string') throw new TypeError(`"path" expected a string, got ${describeValue(path)}`);
  if (path === '') throw new RangeError('"path" expected the name of a file, got ""');
  // Resolved now, so that a later change of the working directory does not split the run over two files.
  const file = resolve(path);
  return {
    name: file,
    async load() {
      try {
        return new Uint8Array(await readFile(file));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async save(bytes) {
      checkBytes(bytes);
      await mkdir(dirname(file), { recursive: true });
      await writeFileAtomic(file, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    },
  };
}
