/** A work in hand on our side. */
import type { Answer, Variant } from '../contender/protocol.js';

/** What the process can do with a work once it is prepared. */
export interface PreparedWork {
  /** What computes: the engine as the network names it. */
  engine: string;
  /** Ways to do it, where there are several. Default: one, named after the engine. */
  variants?: Variant[];
  /** Computes what the others must compute too. */
  answer(variant: Variant): Answer | Promise<Answer>;
  /** Does the work `units` times. */
  run(units: number, variant: Variant): void | Promise<void>;
  /** Gives memory and threads back. */
  dispose?(): Promise<void>;
}
