/** The thread side of a run: takes an order, gives its answer. */
import type { MessagePort } from 'node:worker_threads';
import { describeDataSet } from './describe-data-set.js';
import type { CellEvent } from './cell-event.js';
import { exactBridgeEnergy } from '../exact-bridge/exact-bridge-energy.js';
import { runCell } from './run-cell.js';
import { taskName } from './tasks.js';
import type { Answer, WorkOrder } from './work-order.js';

/** An order with what its thread needs to fill it. */
export interface Assignment {
  order: WorkOrder;
  /** Seconds of training; `Infinity` for no limit. */
  timeLimit: number;
  /** Folder of the training's checkpoints; continued from what is there. */
  checkpoints: string;
  /** Carries {@link CellEvent} out, and the word 'stop' in. */
  port: MessagePort;
}

/** Fills one order; a word from the port ends a training early, with a checkpoint. */
export async function fillOrder({ order, timeLimit, checkpoints, port }: Assignment): Promise<Answer<WorkOrder>> {
  const controller = new AbortController();
  port.on('message', () => controller.abort());
  try {
    switch (order.kind) {
      case 'cell': {
        const onEvent = (event: CellEvent): void => port.postMessage(event);
        return await runCell(order.settings, { timeLimit, checkpoints, signal: controller.signal, onEvent });
      }
      case 'floor':
        return describeDataSet(order);
      case 'exact-bridge':
        return { ...order, ...exactBridgeEnergy(taskName(order.dataSet), order.sigma) };
    }
  } finally {
    port.close();
  }
}
