/** Who is present at which cell: the same processes at all of them, or new ones at each. */
import type { BenchRequest } from './command-line.js';
import type { Contender } from './contender/contender.js';
import type { BenchResult } from './results.js';
import { startContenders } from './start-contenders.js';
import type { BenchCell } from './suite/suite.js';

/** The processes of a bench. */
export interface Hall {
  versions: BenchResult['versions'];
  peers: BenchResult['peers'];
  /** Those who take part in a cell, started anew where the suite wants that. */
  enter(cell: BenchCell): Promise<readonly Contender[]>;
  /** Ends what was started for a cell alone. */
  leave(): Promise<void>;
  /** Ends everybody. */
  close(): Promise<void>;
}

/**
 * Starts everybody once, to learn who there is.
 *
 * @throws (rejects) Error where our own side cannot be started
 */
export async function openHall(request: BenchRequest): Promise<Hall> {
  const { all, versions, peers } = await startContenders(request);
  let present: readonly Contender[] = all;
  const close = async (): Promise<void> => {
    await Promise.all(present.map(({ process }) => process.close()));
  };
  if (!request.suite.freshProcesses) {
    const ours = all.filter(({ side }) => side === 'ours');
    const enter = ({ oursAlone }: BenchCell) => Promise.resolve(oursAlone ? ours : all);
    return { versions, peers, enter, leave: () => Promise.resolve(), close };
  }
  await close();
  return {
    versions,
    peers,
    async enter({ oursAlone = false }) {
      const started = await startContenders({ ...request, peers: 'versions' in peers && !oursAlone });
      present = started.all;
      return present;
    },
    leave: close,
    close,
  };
}
