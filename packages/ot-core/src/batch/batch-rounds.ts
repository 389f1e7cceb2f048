// Many solves on one host, a few at a time. Each has a piece of the host's memory; a round gives every one of them a
// bounded turn, the threads take them one by one, and those that are finished make room for the next. What a solve
// computes depends on nothing but its problem.
import type { HeldMemory, KernelHost, KernelJob } from '@brenier/kernels';
import { SimplexMemory } from '../solver/network-simplex/simplex-memory.js';
import type { SolveRoom } from '../solver/network-simplex/solve-room.js';
import type { NetworkSimplexState } from '../solver/network-simplex.js';
import type { CheckedBatch } from './batch-problem.js';

/** The slice of `networkSimplex()`, in units of work; a turn of eight ends within some ten milliseconds. */
const SLICE_BUDGET = 2 ** 20;
const SLICES_PER_TURN = 8;
/** Solves in work at most: enough small ones that a round outweighs its beginning and its end. */
const MOST_IN_WORK = 128;
/** Bytes above which no further solve is taken in, unless that would leave a thread without one. */
const ENOUGH_BYTES = 2 ** 25;

/** Bytes of an entry of the table that a round reads: the address of a solve, and where it stands. */
const ENTRY = 8;
const Standing = { waiting: 0, done: 2 } as const;

interface Turn {
  readonly index: number;
  readonly state: NetworkSimplexState;
  standing: number;
}

/** The solves of a batch. Holds memory of its host until {@link BatchRounds.dispose}. */
export class BatchRounds {
  readonly #host: KernelHost;
  readonly #batch: CheckedBatch;
  readonly #order: Int32Array;
  readonly #table: HeldMemory;
  readonly #mostInWork: number;
  #begun = 0;
  #bytes = 0;
  #inWork: Turn[] = [];
  #solved: Turn[] = [];

  constructor(host: KernelHost, batch: CheckedBatch) {
    this.#host = host;
    this.#batch = batch;
    this.#order = largestFirst(batch.sizes);
    // One thread gains nothing from a second solve.
    this.#mostInWork = host.threads === 1 ? 1 : MOST_IN_WORK;
    this.#table = host.hold(this.#mostInWork * ENTRY);
  }

  /** The job of the next round, or `undefined` where every problem is solved. */
  begin(): KernelJob | undefined {
    while (this.#begun < this.#order.length && this.#hasRoom() && this.#takeIn(this.#order[this.#begun])) this.#begun++;
    if (this.#inWork.length === 0) return undefined;
    const table = this.#viewTable();
    this.#inWork.forEach(({ state, standing }, t) => {
      table[2 * t] = state.memory.at;
      table[2 * t + 1] = standing;
    });
    return {
      kernel: 'networkSimplexRound',
      rows: this.#inWork.length,
      rowsPerChunk: 1,
      arguments: [{ start: this.#table.offset, perRow: ENTRY }, 'rows', SLICES_PER_TURN, SLICE_BUDGET],
    };
  }

  /** After a round, be it complete or stopped: finds out what is solved. */
  end(): void {
    const table = this.#viewTable();
    const inWork = this.#inWork;
    this.#inWork = [];
    inWork.forEach((turn, t) => {
      turn.standing = table[2 * t + 1]!;
      turn.state.memory.isDone = turn.standing === Standing.done;
      (turn.state.memory.isDone ? this.#solved : this.#inWork).push(turn);
    });
  }

  /** Hands out one solve that is finished, and gives its memory back; false where there is none. */
  readNext(read: (index: number, state: NetworkSimplexState) => void): boolean {
    const turn = this.#solved.pop();
    if (turn === undefined) return false;
    try {
      read(turn.index, turn.state);
    } finally {
      turn.state.memory.dispose();
    }
    return true;
  }

  /** Gives all memory back; no round may be under way. */
  dispose(): void {
    for (const { state } of [...this.#inWork, ...this.#solved].reverse()) state.memory.dispose();
    this.#table.release();
  }

  #hasRoom(): boolean {
    const count = this.#inWork.length;
    return count < this.#host.threads || (count < this.#mostInWork && this.#bytes < ENOUGH_BYTES);
  }

  /** False where the memory of the host is full and will be less so after a round. */
  #takeIn(index: number): boolean {
    const problem = this.#batch.at(index);
    try {
      const memory = new SimplexMemory(problem, this.#createRoom());
      this.#inWork.push({ index, state: { problem, memory }, standing: Standing.waiting });
      return true;
    } catch (error) {
      if (error instanceof RangeError && this.#inWork.length > 0) return false;
      throw error;
    }
  }

  #createRoom(): SolveRoom {
    const host = this.#host;
    let held: HeldMemory | undefined;
    let size = 0;
    return {
      exports: host.exports,
      memory: host.memory,
      take: (bytes) => {
        held = host.hold(bytes);
        size = bytes;
        this.#bytes += size;
        return held.offset;
      },
      giveBack: () => {
        held?.release();
        this.#bytes -= size;
      },
    };
  }

  #viewTable(): Uint32Array {
    return new Uint32Array(this.#host.memory.buffer, this.#table.offset, (this.#mostInWork * ENTRY) / 4);
  }
}

/** Memory then grows once, and no thread begins a long solve when the others have ended. */
function largestFirst(sizes: Int32Array): Int32Array {
  const order = Int32Array.from(sizes.keys());
  return sizes.every((size) => size === sizes[0]) ? order : order.sort((p, q) => sizes[q] - sizes[p] || p - q);
}
