// Where a fused network computes: on the pool that it was given, or on kernels borrowed for the length of a call or of a run.
import {
  createMlpEvaluator,
  createMlpTrainer,
  leaseKernels,
  localHost,
  returnKernels,
  type KernelHost,
  type MlpEvaluator,
  type MlpShape as KernelShape,
  type MlpTrainer,
} from '@brenier/kernels';
import type { VelocityMlpSpec } from '../network/mlp-shape.js';

/** A network as its fused parts see it. */
export interface FusedSetup {
  /** Its description. */
  readonly options: VelocityMlpSpec['options'];
  /** Its description for the kernels. */
  readonly shape: KernelShape;
  /** Where it computes; `undefined` for the calling thread alone. */
  readonly pool: KernelHost | undefined;
}

/** Memory and kernels of a training run, until `release` is called, once. */
export function holdTrainer(
  { pool, shape }: FusedSetup,
  keepsSums: boolean,
): { readonly trainer: MlpTrainer; readonly release: () => void } {
  const { host, giveBack } = holdHost(pool);
  const trainer = createMlpTrainer(host, shape, { keepsSums });
  const release = () => {
    trainer.release();
    giveBack();
  };
  return { trainer, release };
}

/** Lends the network with these parameters for one call. */
export function withEvaluator(
  { pool, shape }: FusedSetup,
  parameters: Float32Array,
  use: (evaluator: MlpEvaluator) => void,
): void {
  const { host, giveBack } = holdHost(pool);
  const evaluator = createMlpEvaluator(host, shape);
  try {
    evaluator.load(parameters);
    use(evaluator);
  } finally {
    evaluator.release();
    giveBack();
  }
}

function holdHost(pool: KernelHost | undefined): { host: KernelHost; giveBack: () => void } {
  if (pool !== undefined) return { host: pool, giveBack: () => undefined };
  const kernels = leaseKernels();
  return { host: localHost(kernels), giveBack: () => returnKernels(kernels) };
}
