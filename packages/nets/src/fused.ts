/**
 * Velocity networks and their training without TensorFlow.js, on WebAssembly kernels: the fast engine for small networks.
 *
 * @packageDocumentation
 * @module fused
 */
export { fusedMlp, type FusedMlp, type FusedMlpPlace } from './fused/fused-mlp.js';
export type { FusedField } from './fused/fused-field.js';
export type { FusedSession } from './fused/fused-session.js';
export type { FieldWalk } from './fused/field-walk.js';
export type { VelocityMlpOptions, VelocityMlpSpec } from './network/mlp-shape.js';
export type { MlpLayer } from './network/mlp-layout.js';
export type { ActivationName } from './network/activation-name.js';
export type { FourierTime, SinusoidalTime, TimeFeatures } from './network/time-features.js';
export type { FieldOptions } from './network/class-label.js';
export type { Network, NetworkSpec } from './network/network.js';
export type { Objective, TrainingBatch } from './network/objective.js';
export type { ArrayField } from './network/array-field.js';
export { train, type TrainResult, type TrainStatus } from './training/train.js';
export type { DivergenceReport } from './training/divergence-report.js';
export type { TrainCheckpoint, TrainOptions, TrainProgress } from './training/train-options.js';
export type { LossCurve } from './training/loss-history.js';
export { adam, adamW, type AdamOptions } from './optimizer/adam.js';
export { constantRate, multiplyRates, type ConstantRateOptions, type RateSchedule } from './optimizer/rate-schedule.js';
export { linearWarmUp, type LinearWarmUpOptions } from './optimizer/linear-warm-up.js';
export { cosineDecay, type CosineDecayOptions } from './optimizer/cosine-decay.js';
export { stepDecay, type StepDecayOptions } from './optimizer/step-decay.js';
export type { AdamRule, Optimizer, OptimizerState } from './optimizer/optimizer.js';
export type { LossReport, SessionState, TrainingSession } from './training/training-session.js';
export type { WeightAverage } from './optimizer/weight-average.js';
export { memoryCheckpoint, type CheckpointStore } from './storage/checkpoint-store.js';
export { decodeContainer, encodeContainer, type Container } from './storage/container.js';
export { crc32 } from './storage/crc32.js';
export { decodeModel, encodeModel, type SavedModel, type SavedVelocityModel } from './storage/saved-model.js';
export {
  fromTfjsModel,
  toTfjsModel,
  type FromTfjsModelOptions,
  type TfjsModel,
  type WrittenTfjsModel,
} from './storage/tfjs-model.js';
export type { TfjsWeightSpec } from './storage/tfjs-weights.js';
