/** A crew of threads in this process. */
import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { CellEvent } from '../cell/cell-event.js';
import type { Assignment } from '../cell/fill-order.js';
import type { Answer, WorkOrder } from '../cell/work-order.js';
import type { Crew, OrderWatch } from './crew.js';

/**
 * Starts threads.
 *
 * @param threads - how many
 */
export function threadCrew(threads: number): Crew {
  const pool = new Piscina<Assignment, unknown>({
    filename: new URL('../cell/fill-order.js', import.meta.url).href,
    name: 'fillOrder',
    minThreads: threads,
    maxThreads: threads,
  });
  return {
    lanes: threads,
    async fill<O extends WorkOrder>(
      order: O,
      { timeLimit, checkpoints, signal, onEvent }: OrderWatch,
    ): Promise<Answer<O>> {
      const { port1: here, port2: there } = new MessageChannel();
      here.on('message', (event: CellEvent) => onEvent(event));
      const stop = (): void => here.postMessage('stop');
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop);
      try {
        const assignment: Assignment = { order, timeLimit, checkpoints, port: there };
        return (await pool.run(assignment, { transferList: [there] })) as Answer<O>;
      } finally {
        signal.removeEventListener('abort', stop);
        here.close();
      }
    },
    release: () => Promise.resolve(),
    close: () => pool.destroy(),
  };
}
