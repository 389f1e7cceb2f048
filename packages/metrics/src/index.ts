/**
 * Distances and energies that judge samples, each with its sampling floor.
 *
 * @packageDocumentation
 */
export { wasserstein2, type Wasserstein2Options, type Wasserstein2Result } from './wasserstein2.js';
export {
  slicedWasserstein2,
  type SlicedWasserstein2Options,
  type SlicedWasserstein2Result,
} from './sliced-wasserstein2.js';
export { trajectoryEnergy, velocityEnergy, type PathEnergyOptions } from './path-energy.js';
export { normalizedPathEnergy } from './normalized-path-energy.js';
export { samplingFloor, type SamplingFloor, type SamplingFloorOptions } from './sampling-floor.js';
