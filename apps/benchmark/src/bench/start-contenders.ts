/** The processes of a bench: ours with and without fused multiply-add, and the rivals, one for each number of threads. */
import { fileURLToPath } from 'node:url';
import type { BenchRequest } from './command-line.js';
import type { Contender } from './contender/contender.js';
import { startContender, type ContenderCommand } from './contender/process.js';
import type { BenchResult } from './results.js';

/** Everybody who takes part. */
export interface Contenders {
  all: Contender[];
  versions: BenchResult['versions'];
  peers: BenchResult['peers'];
}

/**
 * Starts everybody and waits until they have said hello. Where the first rival cannot be started, ours run alone.
 *
 * @throws (rejects) Error where our own side cannot be started
 */
export async function startContenders(request: BenchRequest): Promise<Contenders> {
  const all: Contender[] = [];
  const enter = (side: Contender['side'], threads: number, command: ContenderCommand): Contender => {
    const contender = { side, threads, process: startContender(command) };
    all.push(contender);
    return contender;
  };
  try {
    for (const relaxed of [false, true]) {
      for (const threads of request.threads) enter('ours', threads, ourCommand(threads, relaxed));
    }
    const { versions } = await all[0].process.ask('hello', {});
    if (!request.peers) return { all, versions, peers: { missing: 'not asked for: see --peers' } };
    const rivals = request.threads.map((threads) => enter('peer', threads, peerCommand(request.python, threads)));
    try {
      const greeting = await rivals[0].process.ask('hello', {});
      return { all, versions, peers: { command: 'peers/peer.py', versions: greeting.versions } };
    } catch (error) {
      await Promise.all(rivals.map(({ process }) => process.close()));
      const reason = (error as Error).message;
      return { all: all.filter(({ side }) => side === 'ours'), versions, peers: { missing: reason } };
    }
  } catch (error) {
    await Promise.all(all.map(({ process }) => process.close()));
    throw error;
  }
}

/** Node 20 has fused multiply-add behind a flag, which later versions do not know. */
const relaxedFlags = Number(process.versions.node.split('.')[0]) < 22 ? ['--experimental-wasm-relaxed-simd'] : [];

function ourCommand(threads: number, relaxed: boolean): ContenderCommand {
  return {
    name: 'Our contender',
    program: process.execPath,
    args: [
      ...(relaxed ? relaxedFlags : []),
      fileURLToPath(new URL('./ours/main.js', import.meta.url)),
      ...['--threads', String(threads)],
      ...(relaxed ? ['--relaxed'] : []),
    ],
  };
}

function peerCommand(python: string, threads: number): ContenderCommand {
  const script = fileURLToPath(new URL('../../peers/peer.py', import.meta.url));
  return { name: `The rival in ${python}`, program: python, args: [script, String(threads)] };
}
