/**
 * Interpolants, pairings and flow-matching objectives.
 *
 * @packageDocumentation
 */
export { conditionalFlowMatching, type ConditionalFlowMatchingOptions } from './objective/conditional-flow-matching.js';
export { otConditionalFlowMatching } from './objective/ot-conditional-flow-matching.js';
export { lipmanFlowMatching, type LipmanFlowMatchingOptions } from './objective/lipman-flow-matching.js';
export {
  schrodingerBridgeFlowMatching,
  schrodingerBridgeScoreMatching,
  type SchrodingerBridgeMatchingOptions,
} from './objective/schrodinger-bridge-matching.js';
export { variancePreservingFlowMatching } from './objective/variance-preserving-flow-matching.js';
export { rectifiedFlow, type RectifiedFlowOptions } from './objective/rectified-flow.js';
export { rectify, type RectifiedRound, type RectifyOptions, type RectifyRound } from './reflow/rectify.js';
export { guidedField, type GuidedFieldOptions } from './guidance/guided-field.js';
export { flowMatching } from './objective/flow-matching.js';
export { scoreMatching } from './objective/score-matching.js';
export type { FlowMatchingOptions } from './objective/path-objective.js';
export type { Objective, TrainingBatch } from './objective/objective.js';
export type { PairBatch, Pairing } from './pairing/pairing.js';
export { exactPairing } from './pairing/exact-pairing.js';
export { entropicPairing, type EntropicPairingOptions } from './pairing/entropic-pairing.js';
export { classPairing, type ClassPairingOptions } from './pairing/class-pairing.js';
export { semidiscretePairing, type SemidiscretePairingOptions } from './pairing/semidiscrete-pairing.js';
export { storedPairing } from './pairing/stored-pairing.js';
export type { StoredPairs } from './pairing/stored-pairs.js';
export { modelPairing, type Carry, type CarryOptions } from './pairing/model-pairing.js';
export { independentPairing } from './pairing/independent-pairing.js';
export type { Interpolant, InterpolantValues } from './interpolant/interpolant.js';
export { linearInterpolant, type LinearInterpolantOptions } from './interpolant/linear-interpolant.js';
export {
  trigonometricInterpolant,
  type TrigonometricInterpolantOptions,
} from './interpolant/trigonometric-interpolant.js';
export { lipmanInterpolant, type LipmanInterpolantOptions } from './interpolant/lipman-interpolant.js';
export {
  brownianBridgeInterpolant,
  type BrownianBridgeInterpolantOptions,
} from './interpolant/brownian-bridge-interpolant.js';
export {
  scheduledInterpolant,
  type Schedule,
  type ScheduledInterpolantOptions,
  type ScheduleValue,
} from './interpolant/scheduled-interpolant.js';
export type { PointSource } from './source/point-source.js';
export type { LabelledPoints, LabelledSource } from './source/labelled-source.js';
export { labelledCloudSource, type LabelledCloudSourceOptions } from './source/labelled-cloud-source.js';
export { standardNormalSource, type StandardNormalSourceOptions } from './source/standard-normal-source.js';
export { cloudSource } from './source/cloud-source.js';
export { generatorSource, type GeneratorSourceOptions } from './source/generator-source.js';
export type { ClosedFormField, DifferentiableField, Field } from './field/field.js';
export { gaussianField, type GaussianField } from './field/gaussian-field.js';
export {
  gaussianMixtureField,
  type GaussianFieldOptions,
  type JointComponent,
} from './field/gaussian-mixture-field.js';
export type { JointGaussian } from './field/joint-gaussian.js';
export { independentComponents, type GaussianComponent } from './field/independent-components.js';
export { empiricalField, type EmpiricalFieldOptions, type FinitePairs } from './field/empirical-field.js';
export { gaussianToCloudField, type GaussianToCloudFieldOptions } from './field/gaussian-to-cloud-field.js';
export { couplingPairs, type WeightedPairs } from './field/coupling-pairs.js';
export { affineImageField, type AffineMapInput } from './field/affine-image-field.js';
export { translatedEndField } from './field/translated-end-field.js';
export { scaledEndField } from './field/scaled-end-field.js';
