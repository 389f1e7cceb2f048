/** The pieces of work that a run is made of. All of an answer depends on its order alone, so whoever fills it finds the same. */
import type { CellResult, ExactBridgeRecord, FloorRecord } from '../results.js';
import { cellName, type CellSettings, type DataSetName } from '../settings.js';

/** Train a cell and judge it. */
export interface CellOrder {
  kind: 'cell';
  settings: CellSettings;
}

/** Measure what no method can go below on a data set at a seed. */
export interface FloorOrder {
  kind: 'floor';
  dataSet: DataSetName;
  seed: number;
  samples: number;
}

/** Compute the path energy of the exact bridge of a data set at a σ. */
export interface ExactBridgeOrder {
  kind: 'exact-bridge';
  dataSet: DataSetName;
  sigma: number;
}

export type WorkOrder = CellOrder | FloorOrder | ExactBridgeOrder;

/** What an order is answered with. */
export type Answer<O extends WorkOrder> = O extends CellOrder
  ? CellResult
  : O extends FloorOrder
    ? FloorRecord
    : ExactBridgeRecord;

/** Tells the answers apart. */
export function isCellResult(answer: Answer<WorkOrder>): answer is CellResult {
  return 'training' in answer;
}

/** Whether nothing of an order is left to do. */
export function isComplete(answer: Answer<WorkOrder> | undefined): boolean {
  return answer !== undefined && (!isCellResult(answer) || answer.training.status === 'finished');
}

/** The order's name in files, in queues and on screen; different for different orders of one run. */
export function orderName(order: WorkOrder): string {
  if (order.kind === 'cell') return cellName(order.settings);
  const dataSet = order.dataSet.replace('→', '-to-');
  return order.kind === 'floor' ? `floor-${dataSet}-${order.seed}` : `exact-bridge-${dataSet}-sigma-${order.sigma}`;
}
