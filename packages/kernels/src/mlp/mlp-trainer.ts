import type { KernelHost } from '../kernel-host.js';
import type { MlpShape } from './mlp-shape.js';

/** Arrays of one length, that of the parameters; all that a training run changes. */
export interface MlpTrainingArrays {
  /** The parameters. */
  readonly parameters: Float32Array;
  /** Running means of the gradient. */
  readonly means: Float32Array;
  /** Running means of its square. */
  readonly squares: Float32Array;
  /** Running sums of the parameters; `undefined` where none are kept. */
  readonly sums: Float32Array | undefined;
}

/** A batch in the kernels' memory, to be filled. */
export interface MlpBatch {
  /** Point and extra features of each sample, row-major, shape [count, features of the first layer]. */
  readonly inputs: Float32Array;
  /** Shape [count, outputs of the last layer]. */
  readonly targets: Float32Array;
  /** One weight a sample; to be filled as well. */
  readonly weights: Float32Array;
}

/** What the gradient job found. */
export interface MlpLoss {
  /** Σ weight · (velocity − target)² / (count · outputs), summed in float64. */
  readonly loss: number;
  /**
   * The sum of the squared entries of the float32 gradient, in float64. Its order: chunks of 1024 entries one after the other; in each
   * the entries i, i + 4, … have a running sum for each i of 0 … 3, and (s₀ + s₂) + (s₁ + s₃) is the chunk's.
   */
  readonly squaredNorm: number;
}

/** One update of Adam or AdamW in float64 (all terms as in the update of `@brenier/nets`). */
export interface MlpUpdate {
  /** Multiplies each gradient entry first; the product is rounded to float32. */
  readonly gradientScale: number;
  /** g ← g + pull · p. */
  readonly pull: number;
  /** mean ← beta1 · mean + (1 − beta1) · g. */
  readonly beta1: number;
  /** square ← beta2 · square + (1 − beta2) · g · g. */
  readonly beta2: number;
  /** p ← shrink · p − (rate · mean) / (√square · rootScale + epsilon). */
  readonly rate: number;
  readonly shrink: number;
  readonly rootScale: number;
  readonly epsilon: number;
  /** sum ← decay · sum + (1 − decay) · p, where sums are kept. */
  readonly decay: number;
}

/** Options of {@link createMlpTrainer}. */
export interface CreateMlpTrainerOptions {
  /** Whether running sums of the parameters are kept. Default `false`. */
  readonly keepsSums?: boolean;
}

/** A network in training: its whole state is in the kernels' memory. */
export interface MlpTrainer {
  /** Length of the parameter vector. */
  readonly parameterCount: number;
  /**
   * Room for a batch of `count` samples. The views are valid until memory is next taken from the same host: fill them at once.
   * Their content is that of the last batch where `count` is the same, else unspecified.
   */
  batch(count: number): MlpBatch;
  /** Loss and gradient of the batch at the present parameters: two jobs. */
  gradient(): MlpLoss;
  /** Moves parameters, moments and sums along the gradient: one job. */
  update(update: MlpUpdate): void;
  /** Replaces what is given. Fresh memory is not cleared: load all that will be used. */
  load(arrays: Partial<MlpTrainingArrays>): void;
  /** Copies out. */
  read(): MlpTrainingArrays;
  /** Copies the present parameters into an array. */
  readParameters(out: Float32Array): void;
  /** Copies the last gradient, before any scaling, into an array. */
  readGradient(out: Float32Array): void;
  /** Gives the memory back; call it once. */
  release(): void;
}

/** Takes memory for the training of a network. */
export type CreateMlpTrainer = (host: KernelHost, shape: MlpShape, options?: CreateMlpTrainerOptions) => MlpTrainer;
