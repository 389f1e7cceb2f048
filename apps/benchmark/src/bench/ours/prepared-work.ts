/** A work in hand on our side. */
import type { Answer } from '../contender/protocol.js';

/** What the process can do with a work once it is prepared. */
export interface PreparedWork {
  /** What computes: the engine as the network names it. */
  engine: string;
  /** Computes what the others must compute too. */
  answer(): Answer | Promise<Answer>;
  /** Does the work `units` times. */
  run(units: number): void | Promise<void>;
  /** Gives memory and threads back. */
  dispose?(): Promise<void>;
}
