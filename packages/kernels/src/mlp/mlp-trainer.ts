import { checkFlag, checkInteger, checkLength, checkOptions } from '@brenier/errors';
import type { KernelHost, KernelJob } from '../kernel-host.js';
import { mlpBlock, mlpChunk, mlpPlan, tableAt, writePlaces } from './mlp-plan.js';
import { checkMlpShape, type MlpShape } from './mlp-shape.js';
import { type BatchRoom, holdBatch, holdState } from './mlp-training-memory.js';

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
   * The sum of the squared entries of the float32 gradient, in float64. Its order: chunks of 1024 entries one after
   * the other; in each the entries i, i + 4, … have a running sum for each i of 0 … 3, and (s₀ + s₂) + (s₁ + s₃) is
   * the chunk's.
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
  /** What decay leaves of a parameter before the step; 1 for none. */
  readonly shrink: number;
  /** Corrects √square for its start at zero. */
  readonly rootScale: number;
  /** Keeps the quotient finite. */
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
   * Room for a batch of `count` samples. The views are valid until memory is next taken from the same host: fill them
   * at once. Their content is that of the last batch where `count` is the same, else unspecified.
   */
  batch(count: number): MlpBatch;
  /** Loss and gradient of the batch at the present parameters: two jobs. */
  gradient(): MlpLoss;
  /** Moves parameters, moments and sums along the gradient: one job. */
  update(update: MlpUpdate): void;
  /**
   * Replaces what is given. Fresh memory is not cleared: load all that will be used.
   *
   * @throws RangeError for an array of another length
   */
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

const mostLanes = 8;

/** The order of the numbers in memory. */
const updateNames = [
  'gradientScale',
  'pull',
  'beta1',
  'beta2',
  'rate',
  'shrink',
  'rootScale',
  'epsilon',
  'decay',
] as const satisfies readonly (keyof MlpUpdate)[];

/**
 * Takes memory for the training of a network. A step is three jobs: the gradient of up to eight lanes of a batch,
 * each the blocks l, l + lanes, … of 64 samples; the sum of the lanes, by chunks of 1024 parameters; and the update,
 * by the same chunks. The cut does not depend on the number of threads, so the bits do not either.
 *
 * A step costs 6 · count · parameterCount operations, memory 13 arrays as long as the parameters.
 *
 * @param host - where it runs
 * @param shape - the network
 * @param options - see {@link CreateMlpTrainerOptions}
 * @returns the trainer; nothing is loaded yet
 * @throws TypeError or RangeError for layers that do not fit together, and where the memory cannot grow that far
 *
 * @example
 * The gradient of a linear map from a line to a line at zero: the residual is −1 at both points.
 * ```ts
 * import { createMlpTrainer, leaseKernels, localHost, returnKernels } from '@brenier/kernels';
 *
 * const kernels = leaseKernels();
 * const trainer = createMlpTrainer(localHost(kernels), { layers: [{ features: 1, outputs: 1 }], activation: 0 });
 * trainer.load({ parameters: new Float32Array(2) });
 * const { inputs, targets, weights } = trainer.batch(2);
 * inputs.set([1, 2]);
 * targets.fill(1);
 * weights.fill(1);
 * trainer.gradient(); // => { loss: 1, squaredNorm: 13 }
 * const gradient = new Float32Array(2);
 * trainer.readGradient(gradient);
 * gradient; // => Float32Array.of(-3, -2)
 * trainer.release();
 * returnKernels(kernels);
 * ```
 */
export function createMlpTrainer(host: KernelHost, shape: MlpShape, options?: CreateMlpTrainerOptions): MlpTrainer {
  const { keepsSums = false } = checkOptions('options', options, ['keepsSums']);
  const plan = mlpPlan(host, checkMlpShape(shape), true);
  const { parameterCount, parameterBytes, features, dim } = plan;
  const chunks = Math.ceil(parameterCount / mlpChunk);
  const state = holdState(host, plan, {
    chunks,
    lanes: mostLanes,
    updateNumbers: updateNames.length,
    keepsSums: checkFlag('keepsSums', keepsSums),
  });
  const { at } = state;
  let room: BatchRoom | undefined;
  let count = 0;
  const chunkArguments = [at.table, { start: 0, perRow: 1 }] as const;
  const reduceJob: KernelJob = {
    kernel: 'mlpReduceGradient',
    rows: chunks,
    rowsPerChunk: 1,
    arguments: chunkArguments,
  };
  const updateJob: KernelJob = { ...reduceJob, kernel: 'mlpUpdateParameters' };
  let gradientJob: KernelJob = { ...reduceJob, kernel: 'mlpGradientLane' };

  return {
    parameterCount,
    batch(samples) {
      if (samples !== count || room === undefined) prepareBatch(checkInteger('count', samples, 1));
      const { inputs, targets, weights } = room!;
      return {
        inputs: floats(inputs, count * features),
        targets: floats(targets, count * dim),
        weights: floats(weights, count),
      };
    },
    gradient() {
      if (room === undefined) throw new Error('"gradient" expected a batch first, got none');
      host.runNow(gradientJob);
      host.runNow(reduceJob);
      const losses = new Float64Array(host.memory.buffer, at.losses, gradientJob.rows);
      const squares = new Float64Array(host.memory.buffer, at.partialSquares, chunks);
      return { loss: sum(losses) / (count * dim), squaredNorm: sum(squares) };
    },
    update(update) {
      const numbers = new Float64Array(host.memory.buffer, at.update, updateNames.length);
      for (let i = 0; i < updateNames.length; i++) numbers[i] = update[updateNames[i]];
      host.runNow(updateJob);
    },
    load({ parameters, means, squares, sums }) {
      if (parameters !== undefined) {
        floats(at.parameters, parameterCount).set(checkLength('parameters', parameters, parameterCount));
        host.exports.mlpTransposeParameters(at.table);
      }
      if (means !== undefined) floats(at.means, parameterCount).set(checkLength('means', means, parameterCount));
      if (squares !== undefined)
        floats(at.squares, parameterCount).set(checkLength('squares', squares, parameterCount));
      if (sums !== undefined && at.sums > 0) {
        floats(at.sums, parameterCount).set(checkLength('sums', sums, parameterCount));
      }
    },
    read: () => ({
      parameters: floats(at.parameters, parameterCount).slice(),
      means: floats(at.means, parameterCount).slice(),
      squares: floats(at.squares, parameterCount).slice(),
      sums: at.sums > 0 ? floats(at.sums, parameterCount).slice() : undefined,
    }),
    readParameters: (out) => checkLength('out', out, parameterCount).set(floats(at.parameters, parameterCount)),
    readGradient: (out) => checkLength('out', out, parameterCount).set(floats(at.gradient, parameterCount)),
    release() {
      room?.memory.release();
      state.memory.release();
    },
  };

  function floats(offset: number, length: number): Float32Array {
    return new Float32Array(host.memory.buffer, offset, length);
  }

  function prepareBatch(samples: number): void {
    const lanes = Math.min(mostLanes, Math.ceil(samples / mlpBlock));
    if (room === undefined || samples > room.capacity) {
      room?.memory.release();
      room = undefined;
      room = holdBatch(host, plan, samples, lanes);
    }
    count = samples;
    const { scratch, laneGradients, inputs, targets, weights } = room;
    writePlaces(tableAt(host, plan, at.table), {
      count,
      lanes,
      laneGradientsAt: laneGradients,
      laneGradientBytes: parameterBytes,
      inputsAt: inputs,
      targetsAt: targets,
      weightsAt: weights,
      factor: bitsOf(2 / (count * dim)),
    });
    const perThread = plan.scratchBytes;
    const lane = { start: 0, perRow: 1 };
    const scratchOfThread = { start: scratch, perThread };
    gradientJob = { ...gradientJob, rows: lanes, arguments: [at.table, lane, scratchOfThread] };
  }
}

function bitsOf(value: number): number {
  return new Uint32Array(Float32Array.of(value).buffer)[0];
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}
