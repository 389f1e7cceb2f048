// What a training thread and the workers that prepare its batches tell each other.
import type { RngSnapshot } from '@brenier/random';
import type { TrainingBatch } from '../network/objective.js';

/** To a worker: first what to make the objective of, then one message for each batch. */
export type BatchRequest =
  | { readonly kind: 'make'; readonly settings: unknown }
  | { readonly kind: 'draw'; readonly ticket: BatchTicket; readonly rng: RngSnapshot };

/** Which batch is meant. Answers to an earlier run are late ones, and dropped. */
export interface BatchTicket {
  readonly run: number;
  readonly step: number;
}

/** From a worker: that it listens, what it made of the settings, and what became of each ticket. */
export type BatchReply =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'made'; readonly dim: number; readonly name: string | undefined }
  | { readonly kind: 'not made'; readonly error: unknown }
  | { readonly kind: 'batch'; readonly ticket: BatchTicket; readonly batch: TrainingBatch }
  | { readonly kind: 'failed'; readonly ticket: BatchTicket; readonly error: unknown };

/**
 * A copy of a batch that owns its memory to the last byte, and the buffers to transfer.
 *
 * The objective's own arrays cannot be transferred: it may return one array twice, in one batch or in two, or a view of
 * all its data.
 */
export function transferable(batch: TrainingBatch): { batch: TrainingBatch; buffers: ArrayBuffer[] } {
  const copies = new Map<unknown, Float32Array | Int32Array>();
  const copyOf = (part: unknown): unknown => {
    if (!(part instanceof Float32Array || part instanceof Int32Array)) return part;
    const copy = copies.get(part) ?? part.slice();
    copies.set(part, copy);
    return copy;
  };
  const copied = Object.fromEntries(Object.entries(batch).map(([name, part]) => [name, copyOf(part)]));
  return {
    batch: copied as unknown as TrainingBatch,
    buffers: Array.from(copies.values(), (copy) => copy.buffer as ArrayBuffer),
  };
}
