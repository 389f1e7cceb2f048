/**
 * Velocity networks, optimizers and a resumable training loop.
 *
 * A network is a description; its parameters are one flat `Float32Array` beside it. {@link train} fits them to an objective
 * and gives plain data back. {@link chooseVelocityNetwork} makes a velocity network on the engine that suits its widths: the
 * fused kernels of `fusedMlp` in `@brenier/nets/fused`, an entry that has all of this one but what needs tensors, or
 * TensorFlow.js on whatever backend is set (see `chooseEngine` in `@brenier/nets/node`). The other networks of this entry run
 * on TensorFlow.js.
 *
 * @packageDocumentation
 * @module main
 */
export { velocityMlp, type VelocityMlp } from './tensor/velocity-mlp.js';
export type { VelocityMlpOptions, VelocityMlpSpec } from './network/mlp-shape.js';
export { tapeNetwork, type NamedTensors, type TapeNetworkOptions } from './tensor/tape-network.js';
export { velocityUnet, type VelocityUnet } from './unet/unet.js';
export type { VelocityUnetOptions, VelocityUnetSpec } from './unet/unet-shape.js';
export type { MlpLayer } from './network/mlp-layout.js';
export type { ActivationName } from './network/activation-name.js';
export type { FourierTime, SinusoidalTime, TimeFeatures } from './network/time-features.js';
export type { FieldOptions } from './network/class-label.js';
export type { Network, NetworkSpec } from './network/network.js';
export type { TensorNetwork } from './tensor/tensor-network.js';
export type { Objective, TrainingBatch } from './network/objective.js';
export type { ArrayField } from './network/array-field.js';
export { asArrayField, type AsArrayFieldOptions, type OwnedTensorField, type TensorField } from './tensor/field.js';
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
export {
  chooseVelocityNetwork,
  type ChooseVelocityNetworkOptions,
  type OwnedArrayField,
  type VelocityNetwork,
  type VelocityNetworkChoice,
} from './engine/velocity-network.js';
