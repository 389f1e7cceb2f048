/**
 * Training batches prepared ahead by workers, with the bits of the objective that prepares them in place.
 *
 * Small and without kernels or tensors, so that a worker loads little more than its objective.
 *
 * @packageDocumentation
 * @module workers
 */
export {
  prepareInWorkers,
  type PreparedObjective,
  type PrepareInWorkersOptions,
} from './batch-workers/prepare-in-workers.js';
export { serveBatches } from './batch-workers/serve-batches.js';
export type { BatchCounts } from './batch-workers/batch-pipeline.js';
export type { BatchWorker } from './batch-workers/batch-worker.js';
export type { Objective, TrainingBatch } from './network/objective.js';
