/** The processes of a bench: ours in every way that the engine can compile it, and the rivals, one for each number of threads. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createKernels } from '@brenier/kernels';
import type { BenchRequest } from './command-line.js';
import type { Contender } from './contender/contender.js';
import { startContender, type ContenderCommand } from './contender/process.js';
import type { BenchResult, OurGroup } from './results.js';

/** Everybody who takes part. */
export interface Contenders {
  all: Contender[];
  versions: BenchResult['versions'];
  peers: BenchResult['peers'];
}

/**
 * Starts everybody and waits until they have said hello. Where the first rival cannot be started, ours run alone.
 *
 * A suite of fresh processes has one on each side, with all threads, and takes ours as Node compiles it.
 *
 * @throws (rejects) Error where our own side cannot be started
 */
export async function startContenders(
  request: Pick<BenchRequest, 'suite' | 'threads' | 'peers' | 'python'>,
): Promise<Contenders> {
  const { freshProcesses } = request.suite;
  const threadCounts = freshProcesses ? [Math.max(...request.threads)] : request.threads;
  const all: Contender[] = [];
  const enter = (side: Contender['side'], threads: number, command: ContenderCommand): Contender => {
    const contender = { side, threads, process: startContender(command) };
    all.push(contender);
    return contender;
  };
  try {
    for (const compilation of freshProcesses ? [PLAIN] : await compilations()) {
      for (const threads of threadCounts) enter('ours', threads, ourCommand(threads, compilation));
    }
    const { versions } = await all[0].process.ask('hello', {});
    if (!request.peers) return { all, versions, peers: { missing: 'not asked for: see --peers' } };
    const rivals = threadCounts.map((threads) => enter('peer', threads, peerCommand(request.python, threads)));
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

/** A way to compile our kernels: the flags of Node, and what our program is told. */
interface Compilation {
  group: OurGroup;
  nodeFlags: readonly string[];
  ourFlags: readonly string[];
}

const PLAIN: Compilation = { group: 'plain SIMD', nodeFlags: [], ourFlags: [] };

/**
 * The ways that this Node knows. 20 has fused multiply-add behind a flag, which later versions do not need; from 24 on V8 can join pairs of
 * vectors into one of 256 bits, which changes no bit of a result.
 */
async function compilations(): Promise<Compilation[]> {
  const relaxedFlags = ['--experimental-wasm-relaxed-simd'].filter(knowsFlag);
  const relaxed: Compilation = { group: 'fused multiply-add', nodeFlags: relaxedFlags, ourFlags: ['--relaxed'] };
  const wide: Compilation = { group: '256-bit vectors', nodeFlags: [], ourFlags: ['--wide'] };
  const both: Compilation = { group: '256-bit and fused', nodeFlags: relaxedFlags, ourFlags: ['--relaxed', '--wide'] };
  const { isWide } = await createKernels({ wideVectors: true });
  return isWide ? [PLAIN, relaxed, wide, both] : [PLAIN, relaxed];
}

function knowsFlag(flag: string): boolean {
  return spawnSync(process.execPath, [flag, '--eval', '0']).status === 0;
}

function ourCommand(threads: number, { group, nodeFlags, ourFlags }: Compilation): ContenderCommand {
  return {
    name: 'Our contender',
    program: process.execPath,
    args: [
      ...nodeFlags,
      fileURLToPath(new URL('./ours/main.js', import.meta.url)),
      ...['--threads', String(threads), '--group', group],
      ...ourFlags,
    ],
  };
}

function peerCommand(python: string, threads: number): ContenderCommand {
  const script = fileURLToPath(new URL('../../peers/peer.py', import.meta.url));
  return { name: `The rival in ${python}`, program: python, args: [script, String(threads)] };
}
