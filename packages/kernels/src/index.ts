/**
 * WebAssembly hot loops with plain TypeScript references, a memory arena and a worker pool.
 *
 * @packageDocumentation
 */
export { type Arena, createArena } from './arena.js';
export { exponentials, logarithms } from './elementwise.js';
export type { ConvolutionExports } from './exports/convolution.js';
export type { GibbsRowExports } from './exports/gibbs-rows.js';
export type { MatrixProductExports } from './exports/matrix-product.js';
export type { MlpExports } from './exports/mlp.js';
export type { NetworkSimplexExports } from './exports/network-simplex.js';
export type { NormalNumberExports } from './exports/normal-numbers.js';
export type { NormalizedSiluExports } from './exports/normalized-silu.js';
export type { PairExtremeExports } from './exports/pair-extremes.js';
export type { PairwiseCostExports } from './exports/pairwise-costs.js';
export type { RadixSortExports } from './exports/radix-sort.js';
export type { SoftMinExports } from './exports/soft-min.js';
export type { WordHashExports } from './exports/word-hash.js';
export { createImageKernels, type ImageKernels } from './images/image-kernels.js';
export type { ConvolutionShape } from './images/convolution-shape.js';
export type { NormalizationGradients, NormalizationInputs, NormalizationShape } from './images/normalization.js';
export type { KernelExports } from './kernel-exports.js';
export {
  type HeldMemory,
  type JobArgument,
  type KernelHost,
  type KernelJob,
  localHost,
  type RowArgument,
  type ThreadArgument,
} from './kernel-host.js';
export { createKernels, type CreateKernelsOptions, createPlainKernels, type Kernels } from './kernels.js';
export { leaseKernels, returnKernels, withKernels } from './lease.js';
export { multiplyMatrices, type MultiplyMatricesOptions } from './matrix-product.js';
export { pairwiseDistances, pairwiseSquaredDistances } from './pairwise-costs.js';
export type { MlpLayerShape, MlpShape } from './mlp/mlp-shape.js';
export { createMlpEvaluator, type MlpEvaluator, type MlpWalk, type MlpWalkNoise } from './mlp/mlp-evaluator.js';
export {
  createMlpTrainer,
  type CreateMlpTrainerOptions,
  type MlpBatch,
  type MlpLoss,
  type MlpTrainer,
  type MlpTrainingArrays,
  type MlpUpdate,
} from './mlp/mlp-trainer.js';
export { argsortFloat32, argsortFloat64, sortFloat32, sortFloat64 } from './radix-sort.js';
export {
  softMinColumns,
  softMinPoints,
  type SoftMinOptions,
  type SoftMinPointsOptions,
  softMinRows,
} from './soft-min.js';
export {
  createWorkerPool,
  type CreateWorkerPoolOptions,
  type PoolJobOptions,
  type WorkerPool,
} from './pool/worker-pool.js';
export type { FloatArray } from './float-arrays.js';
