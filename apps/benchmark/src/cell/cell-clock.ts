/** The seconds of a cell's training, summed over the runs that it took: they lie beside its checkpoints, as old as the last of them. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckpointStore } from '@brenier/nets/fused';
import { readKept, writeJson } from '../json-file.js';

/** Seconds of all runs so far. */
export interface CellSeconds {
  /** Of the whole training. */
  readonly all: number;
  /** Of them, those of drawing and pairing minibatches. */
  readonly pairing: number;
}

/** A clock that goes on where a run before has left it, killed or not. */
export interface CellClock {
  read(): CellSeconds;
  /** Does some work, which counts as pairing. */
  timePairing<T>(work: () => T): T;
  /** A store that keeps the clock with every checkpoint. */
  keptWith(store: CheckpointStore): CheckpointStore;
}

/**
 * Starts the clock of a cell.
 *
 * @param folder - that of the cell's checkpoints
 */
export async function startCellClock(folder: string): Promise<CellClock> {
  const file = join(folder, 'seconds.json');
  const before = (await readKept<CellSeconds>(file)) ?? { all: 0, pairing: 0 };
  const start = performance.now();
  let pairing = 0;
  const read = (): CellSeconds => ({
    all: before.all + (performance.now() - start) / 1000,
    pairing: before.pairing + pairing / 1000,
  });
  return {
    read,
    timePairing(work) {
      const begun = performance.now();
      const made = work();
      pairing += performance.now() - begun;
      return made;
    },
    keptWith: (store) => ({
      name: store.name,
      load: () => store.load(),
      async save(bytes) {
        await store.save(bytes);
        await mkdir(folder, { recursive: true });
        await writeJson(file, read());
      },
    }),
  };
}
