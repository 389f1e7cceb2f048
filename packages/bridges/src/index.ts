/**
 * Schrödinger bridges: exact ones, and learned ones by diffusion Schrödinger bridge matching.
 *
 * @packageDocumentation
 */
export type { PinnedLaw, Reference, Transition } from './reference/reference.js';
export { brownian, type BrownianOptions } from './reference/brownian.js';
export { ornsteinUhlenbeck, type OrnsteinUhlenbeckOptions } from './reference/ornstein-uhlenbeck.js';
export { backwardPinnedDrift, forwardPinnedDrift, type PinnedDrift } from './reference/pinned-drift.js';
export { samplePinned } from './reference/sample-pinned.js';
export { gaussianBridge, type GaussianBridge, type GaussianBridgeOptions } from './exact/gaussian-bridge.js';
export { gaussianImf, type GaussianImfIterate, type GaussianImfOptions } from './exact/gaussian-imf.js';
export { gaussianIpf, type GaussianIpfIterate, type GaussianIpfOptions } from './exact/gaussian-ipf.js';
export type { FiniteChainInput } from './exact/discrete/finite-chain.js';
export { discreteImf, type DiscreteImfIterate, type DiscreteImfOptions } from './exact/discrete-imf.js';
export { discreteIpf, type DiscreteIpfIterate, type DiscreteIpfOptions } from './exact/discrete-ipf.js';
export {
  schrodingerCoupling,
  type SchrodingerCoupling,
  type SchrodingerCouplingOptions,
} from './exact/static-bridge.js';
export {
  lightSb,
  lightSbSolver,
  type LightSb,
  type LightSbOptions,
  type LightSbProblem,
  type LightSbProgress,
  type LightSbState,
} from './exact/light-sb.js';
export { lightSbDrift, sampleLightSb } from './exact/light-sb-process.js';
export { planeEnds, type PlaneEnds, type PlaneEndsOptions, type PlaneLogDensity } from './exact/grid/plane-ends.js';
export { planeMixture, type PlaneMixtureOptions } from './exact/grid/plane-mixture.js';
export type { PlaneGrid } from './exact/grid/plane-grid.js';
export {
  gridBridge,
  gridBridgeSolver,
  type GridBridge,
  type GridBridgeOptions,
  type GridBridgeProgress,
  type GridBridgeState,
} from './exact/grid-bridge.js';
export { gridMarginal, type GridMarginal } from './exact/grid-marginal.js';
export { gridBridgeEnergy, type GridBridgeEnergyOptions } from './exact/grid-bridge-energy.js';
export type { PointSource } from './matching/point-source.js';
export type { PairBatch, Pairing } from './matching/pairing.js';
export {
  driftMatching,
  type Direction,
  type DriftMatchingOptions,
  type DriftWeight,
} from './matching/drift-matching.js';
export {
  bridgeFields,
  type BridgeField,
  type BridgeFields,
  type BridgeNetwork,
  type BridgeNetworks,
  type BridgeParameters,
} from './learned/bridge-network.js';
export type {
  BridgeCheckpoint,
  BridgeProgress,
  BridgeTrainingOptions,
  MeasuredNumbers,
} from './learned/bridge-training.js';
export type { BridgeMonitor, HalfStepRecord } from './learned/half-step-record.js';
export type { BridgeStatus, LearnedBridge } from './learned/learned-bridge.js';
export { dsbm, type DsbmOptions } from './learned/dsbm.js';
export { dsb, type DsbOptions } from './learned/dsb.js';
