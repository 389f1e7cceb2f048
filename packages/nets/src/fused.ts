/**
 * Velocity networks and their training without TensorFlow.js, on WebAssembly kernels: the fast engine for small networks.
 *
 * @packageDocumentation
 */
export { fusedMlp, type FusedMlp, type FusedMlpPlace } from './fused-mlp.js';
export type { FusedField } from './fused-field.js';
export type { FusedSession } from './fused-session.js';
export type { FieldWalk } from './field-walk.js';
export type { VelocityMlpOptions, VelocityMlpSpec } from './mlp-shape.js';
export type { MlpLayer } from './mlp-layout.js';
export type { ActivationName } from './activation-name.js';
export type { FourierTime, SinusoidalTime, TimeFeatures } from './time-features.js';
export type { FieldOptions } from './class-label.js';
export type { Network, NetworkSpec } from './network.js';
export type { Objective, TrainingBatch } from './objective.js';
export type { ArrayField } from './array-field.js';
export { train, type TrainResult, type TrainStatus } from './train.js';
export type { DivergenceReport } from './divergence-report.js';
export type { TrainCheckpoint, TrainOptions, TrainProgress } from './train-options.js';
export type { LossCurve } from './loss-history.js';
export { adam, adamW, type AdamOptions } from './adam.js';
export { constantRate, multiplyRates, type ConstantRateOptions, type RateSchedule } from './rate-schedule.js';
export { linearWarmUp, type LinearWarmUpOptions } from './linear-warm-up.js';
export { cosineDecay, type CosineDecayOptions } from './cosine-decay.js';
export { stepDecay, type StepDecayOptions } from './step-decay.js';
export type { AdamRule, Optimizer, OptimizerState } from './optimizer.js';
export type { LossReport, SessionState, TrainingSession } from './training-session.js';
export type { WeightAverage } from './weight-average.js';
export { memoryCheckpoint, type CheckpointStore } from './checkpoint-store.js';
export { decodeModel, encodeModel, type SavedModel, type SavedVelocityModel } from './saved-model.js';
export {
  fromTfjsModel,
  toTfjsModel,
  type FromTfjsModelOptions,
  type TfjsModel,
  type WrittenTfjsModel,
} from './tfjs-model.js';
export type { TfjsWeightSpec } from './tfjs-weights.js';
