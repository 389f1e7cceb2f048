/**
 * Optimal transport couplings with a certificate in every result.
 *
 * @packageDocumentation
 */
export { emd, type EmdOptions } from './emd.js';
export { emdBatch, type EmdBatchOptions } from './emd-batch.js';
export {
  emdBatchAsync,
  type EmdBatchAsyncOptions,
  type EmdBatchProgress,
  type FinishedEmdBatch,
  type StoppedEmdBatch,
} from './emd-batch-async.js';
export type { EmdBatchAnswers, EmdBatchWant, PartialEmdBatchAnswers } from './batch/batch-answers.js';
export type { BatchGeometry, BatchPoints, BatchProblem } from './batch/batch-problem.js';
export { sinkhorn, type SinkhornOptions, type SinkhornPointsOptions } from './sinkhorn.js';
export { sinkhornDivergence, type SinkhornDivergenceResult } from './sinkhorn-divergence.js';
export {
  wasserstein1d,
  wasserstein1dCost,
  type Wasserstein1dOptions,
  type Wasserstein1dResult,
} from './wasserstein1d.js';
export {
  slicedWasserstein,
  type FixedDirections,
  type RandomDirections,
  type SlicedCommonOptions,
  type SlicedWassersteinOptions,
  type SlicedWassersteinResult,
} from './sliced-wasserstein.js';
export { semidiscrete, type SemidiscreteOptions } from './semidiscrete.js';
export {
  semidiscreteSolver,
  type SemidiscreteProgress,
  type SemidiscreteResult,
  type SemidiscreteSolverOptions,
  type SemidiscreteSolverState,
} from './solver/semidiscrete.js';
export {
  sinkhornSolver,
  type EpsilonSchedule,
  type SinkhornProgress,
  type SinkhornResult,
  type SinkhornSolver,
  type SinkhornSolverOptions,
  type SinkhornSolverState,
} from './solver/sinkhorn.js';

export type {
  CostName,
  Geometry,
  MatrixGeometry,
  NormCost,
  PointCloud,
  PointCloudGeometry,
  PointCost,
} from './geometry/geometry.js';
export { asPointCloud, type PointCloudLike, type PointsInput, type ShapedPoints } from './geometry/as-point-cloud.js';
export { pointClouds, type PointCloudsOptions } from './geometry/point-clouds.js';
export { costMatrix, type CostMatrixInput, type CostMatrixOptions, type ShapedCosts } from './geometry/cost-matrix.js';
export { costAt } from './geometry/cost-at.js';

export type { Gaussian, GaussianInput } from './gaussian/gaussian.js';
export { fitGaussian, type FitGaussianOptions } from './gaussian/fit-gaussian.js';
export { buresWasserstein, type BuresWassersteinResult } from './gaussian/bures-wasserstein.js';
export { type AffineMap, applyAffineMap, gaussianMap } from './gaussian/gaussian-map.js';
export {
  gaussianBarycenter,
  type GaussianBarycenterOptions,
  type GaussianBarycenterResult,
} from './gaussian/gaussian-barycenter.js';
export { symmetricEigen, type SymmetricEigen } from './gaussian/symmetric-eigen.js';
export { readSymmetric } from './gaussian/symmetric-matrix.js';
export { spectralFunction } from './gaussian/spectral-function.js';
export { symmetricSquareRoot } from './gaussian/square-root.js';

export type { TransportProblem } from './problem/transport-problem.js';
export { createTransportProblem, type TransportProblemOptions } from './problem/create-transport-problem.js';

export {
  createSemidiscreteProblem,
  type SemidiscreteProblem,
  type SemidiscreteProblemOptions,
  type SourceSampler,
} from './problem/semidiscrete-problem.js';

export type { IterativeSolver, SolveStatus } from './solver/solver.js';
export type { TransportResult } from './solver/transport-result.js';
export type { RunOptions, RunProgress } from './solver/run-options.js';
export { run, runSync } from './solver/run.js';
export { orThrow } from './solver/or-throw.js';
export {
  networkSimplex,
  type NetworkSimplexOptions,
  type NetworkSimplexResult,
  type NetworkSimplexSolver,
  type NetworkSimplexState,
  type UncertifiedNetworkSimplexResult,
} from './solver/network-simplex.js';
export type { NetworkSimplexProgress } from './solver/network-simplex/progress.js';
export type { NetworkSimplexSnapshot } from './solver/network-simplex/snapshot.js';
export type { NetworkSimplexStart } from './solver/network-simplex/warm-start.js';

export type {
  Coupling,
  DenseCoupling,
  ImplicitCoupling,
  PermutationCoupling,
  SparseCoupling,
} from './coupling/coupling.js';
export { entries, type CouplingEntry } from './coupling/entries.js';
export { marginals, type Marginals } from './coupling/marginals.js';
export { toDense } from './coupling/to-dense.js';
export { toSparse } from './coupling/to-sparse.js';
export { conditionalRow, type ConditionalRow } from './coupling/conditional-row.js';
export { barycentricProjection } from './coupling/barycentric-projection.js';
export { sampleColumns } from './coupling/sample-columns.js';
export { samplePairs, type SampledPairs } from './coupling/sample-pairs.js';
export { independentCoupling } from './coupling/independent-coupling.js';
export { transportCost } from './coupling/transport-cost.js';
export type { SemidiscretePlan } from './coupling/semidiscrete-plan.js';
export { assignCells, drawCells } from './coupling/assign-cells.js';

export type { Certificate } from './certificate/certificate.js';
export type { ExactCertificate } from './certificate/exact-certificate.js';
export { certifyExact } from './certificate/certify-exact.js';
export { certifyEntropic, type EntropicCertificate } from './certificate/certify-entropic.js';
export {
  certifySemidiscrete,
  type CertifySemidiscreteOptions,
  type SemidiscreteCertificate,
} from './certificate/certify-semidiscrete.js';
export type { MeanEstimate } from './certificate/cell-tally.js';
