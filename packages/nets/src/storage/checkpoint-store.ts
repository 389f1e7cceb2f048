// Where a checkpoint is kept between two runs.
import { describeValue } from '@brenier/errors';

/** A place for one checkpoint. */
export interface CheckpointStore {
  /** What errors call what is kept, for example its file. Default `'checkpoint'`. */
  readonly name?: string;
  /** The bytes last saved; `undefined` where nothing was. */
  load(): Promise<Uint8Array | undefined>;
  /** Replaces what was saved: after a crash at any moment `load` gives the old bytes or the new ones, never a mixture. */
  save(bytes: Uint8Array): Promise<void>;
}

/**
 * A checkpoint in memory: for a pause within one process, and for tests.
 *
 * @returns an empty store; it copies what it is given
 *
 * @example
 * ```ts
 * import { memoryCheckpoint } from '@brenier/nets';
 *
 * const store = memoryCheckpoint();
 * await store.load(); // => undefined
 * ```
 */
export function memoryCheckpoint(): CheckpointStore {
  let saved: Uint8Array | undefined;
  return {
    load: () => Promise.resolve(saved?.slice()),
    save(bytes) {
      // A Buffer's own slice is a view.
      saved = new Uint8Array(checkBytes(bytes));
      return Promise.resolve();
    },
  };
}

/** Checks what a store is given to keep. */
export function checkBytes(bytes: Uint8Array): Uint8Array {
  if (bytes instanceof Uint8Array) return bytes;
  throw new TypeError(`"bytes" expected a Uint8Array, got ${describeValue(bytes)}`);
}
