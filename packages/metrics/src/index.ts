/**
 * Distances and energies that judge samples, each with its sampling floor.
 *
 * @packageDocumentation
 */
export { wasserstein2, type Wasserstein2Options, type Wasserstein2Result } from './wasserstein2.js';
export { wasserstein1, type Wasserstein1Options, type Wasserstein1Result } from './wasserstein1.js';
export {
  slicedWasserstein2,
  type SlicedWasserstein2Options,
  type SlicedWasserstein2Result,
} from './sliced-wasserstein2.js';
export {
  sinkhornDivergence2,
  type SinkhornDivergence2Options,
  type SinkhornDivergence2Result,
} from './sinkhorn-divergence2.js';
export { energyDistance, type EnergyDistanceOptions, type EnergyDistanceResult } from './energy-distance.js';
export {
  maximumMeanDiscrepancy,
  type MaximumMeanDiscrepancyOptions,
  type MaximumMeanDiscrepancyResult,
} from './maximum-mean-discrepancy.js';
export { gaussianFrechetDistance, type GaussianFrechetDistanceResult } from './gaussian-frechet-distance.js';
export { featureFrechetDistance, type FeatureFrechetDistanceOptions } from './feature-frechet-distance.js';
export { gaussianKl, type GaussianKlOptions, type GaussianKlResult } from './gaussian-kl.js';
export {
  negativeLogLikelihood,
  type NegativeLogLikelihoodOptions,
  type NegativeLogLikelihoodResult,
} from './negative-log-likelihood.js';
export { precisionRecall, type PrecisionRecallOptions, type PrecisionRecallResult } from './precision-recall.js';
export { densityCoverage, type DensityCoverageOptions, type DensityCoverageResult } from './density-coverage.js';
export { trajectoryEnergy, velocityEnergy, type PathEnergyOptions } from './path-energy.js';
export { normalizedPathEnergy } from './normalized-path-energy.js';
export { trajectoryStraightness, type TrajectoryStatistic } from './trajectory-straightness.js';
export { trajectoryCurvature } from './trajectory-curvature.js';
export { samplingFloor, type SamplingFloor, type SamplingFloorOptions } from './sampling-floor.js';
export { bootstrapInterval, type BootstrapIntervalOptions, type ConfidenceInterval } from './bootstrap-interval.js';
export { subsamplingInterval, type SubsamplingIntervalOptions } from './subsampling-interval.js';
export type { SampleStatistic } from './resample.js';
