/** What the two sides of the queue agree on. */
import type { ConnectionOptions } from 'bullmq';
import type { WorkOrder } from '../cell/work-order.js';

/** Its name in Redis. */
export const QUEUE_NAME = 'brenier-benchmark';

/** A job. */
export interface WorkJob {
  /** The run that asks; its workers keep the checkpoints of different runs apart. */
  runId: string;
  order: WorkOrder;
  /** The packages that the run expects the numbers from. */
  versions: Record<string, string>;
}

/** Something of BullMQ that connects by itself. */
interface Connected {
  waitUntilReady(): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/**
 * Connects a side of the queue. The first connection must succeed; one that is lost later is taken up again.
 *
 * @param address - `redis://host:port`, or `rediss://` for TLS
 * @param open - makes the side
 * @throws RangeError where it is no such address, Error where there is no Redis at it
 */
export async function connect<T extends Connected>(address: string, open: (to: ConnectionOptions) => T): Promise<T> {
  if (!/^rediss?:\/\/./.test(address) || !URL.canParse(address)) {
    throw new RangeError(`"queue" expected an address redis://host:port, got ${JSON.stringify(address)}`);
  }
  let isConnected = false;
  const retryStrategy = (times: number): number | null => (isConnected ? Math.min(200 * times, 5000) : null);
  const side = open({ url: address, maxRetriesPerRequest: null, retryStrategy });
  let reason = '';
  side.on('error', (error: Error & { code?: string }) => (reason ||= error.message || (error.code ?? String(error))));
  try {
    await side.waitUntilReady();
  } catch (error) {
    throw new Error(`The queue at ${address} cannot be reached: ${reason || String(error)}`, { cause: error });
  }
  isConnected = true;
  return side;
}
