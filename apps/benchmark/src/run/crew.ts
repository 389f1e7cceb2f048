/** Whoever fills the orders of a run: threads of this process, or workers behind a queue. */
import type { CellEvent } from '../cell/cell-event.js';
import type { Answer, WorkOrder } from '../cell/work-order.js';

/** What an order is filled under. */
export interface OrderWatch {
  /** Seconds of training; `Infinity` for no limit. */
  timeLimit: number;
  /** Folder for the checkpoints of threads of this process; workers behind a queue have their own. */
  checkpoints: string;
  /** Raised to stop: a crew of threads answers with what it has, a queue rejects and keeps the order. */
  signal: AbortSignal;
  onEvent(event: CellEvent): void;
}

export interface Crew {
  /** How many orders it wants at once. */
  readonly lanes: number;
  /** Fills an order. Rejects where that fails. */
  fill<O extends WorkOrder>(order: O, watch: OrderWatch): Promise<Answer<O>>;
  /** Tells that the answer to an order is kept: the crew may forget it. */
  release(order: WorkOrder): Promise<void>;
  close(): Promise<void>;
}
