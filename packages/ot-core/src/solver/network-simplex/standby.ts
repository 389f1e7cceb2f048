// What a stop needs and the end of a solve does not. A solve that has become long gets it ready between its steps, piece by
// piece, so that a stop has little left to do: pages touched for the first time, and functions that the engine has not
// compiled yet, would cost most of it.
import type { TransportProblem } from '../../problem/transport-problem.js';
import { fingerprint } from './fingerprint.js';
import type { SimplexMemory } from './simplex-memory.js';
import { createSnapshot, fingerprintOf, type NetworkSimplexSnapshot } from './snapshot.js';

/** Work after which a solve is long, in the units of a step: about a hundredth of a second. */
const LONG = 2 ** 22;
/** Bytes touched between two steps: a few milliseconds. */
const PIECE = 2 ** 23;

/** The snapshots of a solve that may be stopped. */
export class Standby {
  readonly #problem: TransportProblem;
  readonly #memory: SimplexMemory;
  readonly #pieces: Generator<void>;
  #work = 0;
  #fingerprint: string | undefined;
  #spare: Uint8Array<ArrayBuffer> | undefined;

  /** `rehearse` does all of a stop other than its snapshot. */
  constructor(problem: TransportProblem, memory: SimplexMemory, rehearse: () => void) {
    this.#problem = problem;
    this.#memory = memory;
    this.#pieces = this.#getReady(rehearse);
  }

  /** To be called after each step, with its budget. */
  afterStep(budget: number): void {
    this.#work += budget;
    if (this.#work < LONG) return;
    try {
      this.#pieces.next();
    } catch (error) {
      // No memory for it: the solve goes on, and a stop allocates what it needs itself.
      if (!(error instanceof RangeError)) throw error;
    }
  }

  /** Where the solve stands, as data of its own. */
  takeSnapshot(): NetworkSimplexSnapshot {
    const kept = this.#memory.keptBytes;
    const bytes = this.#spare ?? new Uint8Array(kept.length);
    this.#spare = undefined;
    bytes.set(kept);
    return createSnapshot(this.#problem, this.#fingerprintOfProblem, bytes);
  }

  *#getReady(rehearse: () => void): Generator<void> {
    void this.#memory.problemBound.simple;
    yield;
    void this.#fingerprintOfProblem;
    const spare = new Uint8Array(this.#memory.keptBytes.length);
    for (let at = 0; at < spare.length; at += PIECE) {
      yield;
      const piece = this.#memory.keptBytes.subarray(at, at + PIECE);
      spare.set(piece, at);
      fingerprint([piece]);
    }
    this.#spare = spare;
    yield;
    // Of a matrix, the passes over its entries cost more than all that would be compiled.
    if (this.#problem.geometry.kind === 'point-cloud') rehearse();
  }

  get #fingerprintOfProblem(): string {
    return (this.#fingerprint ??= fingerprintOf(this.#problem));
  }
}
