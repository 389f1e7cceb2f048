/** Our training step of the U-Net: TensorFlow.js on its wasm backend, with the convolutions of our kernels. */
import { createWorkerPool } from '@brenier/kernels';
import { velocityUnet } from '@brenier/nets';
import { registerWasmKernels } from '@brenier/nets/convolution';
import { chooseEngine } from '@brenier/nets/node';
import type { UnetStepWork } from '../contender/work.js';
import type { EngineSettings } from './engine.js';
import type { PreparedWork } from './prepared-work.js';
import { prepareTrainingStep } from './training-step.js';

/** Prepares the step, and the engine of the whole process with it. */
export async function prepareUnetStep(work: UnetStepWork, settings: EngineSettings): Promise<PreparedWork> {
  await chooseEngine({ prefer: 'wasm' });
  const pool = await createWorkerPool(settings);
  const restore = registerWasmKernels({ host: pool });
  const step = prepareTrainingStep(work, velocityUnet({ height: work.size, channels: work.channels }));
  return {
    ...step,
    engine: `${step.engine}, our convolutions`,
    async dispose() {
      await step.dispose?.();
      restore();
      await pool.dispose();
    },
  };
}
