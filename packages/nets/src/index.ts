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
export { velocityMlp, type VelocityMlp } from './velocity-mlp.js';
export type { VelocityMlpOptions, VelocityMlpSpec } from './mlp-shape.js';
export { tapeNetwork, type NamedTensors, type TapeNetworkOptions } from './tape-network.js';
export { velocityUnet, type VelocityUnet } from './unet.js';
export type { VelocityUnetOptions, VelocityUnetSpec } from './unet-shape.js';
export type { MlpLayer } from './mlp-layout.js';
export type { ActivationName } from './activation-name.js';
export type { FourierTime, SinusoidalTime, TimeFeatures } from './time-features.js';
export type { FieldOptions } from './class-label.js';
export type { Network, NetworkSpec } from './network.js';
export type { TensorNetwork } from './tensor-network.js';
export type { Objective, TrainingBatch } from './objective.js';
export type { ArrayField } from './array-field.js';
export { asArrayField, type AsArrayFieldOptions, type OwnedTensorField, type TensorField } from './field.js';
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
export {
  chooseVelocityNetwork,
  type ChooseVelocityNetworkOptions,
  type OwnedArrayField,
  type VelocityNetwork,
  type VelocityNetworkChoice,
} from './velocity-network.js';
