/** The engine of a run on images: the best that is installed, with our convolutions where it is WebAssembly. */
import { createWorkerPool } from '@brenier/kernels';
import { registerWasmKernels } from '@brenier/nets/convolution';
import { chooseEngine } from '@brenier/nets/node';

/** An engine that was started. */
export interface ImageEngine {
  /** One line for the report. */
  reason: string;
  /** Ends its threads. */
  dispose(): Promise<void>;
}

/** Starts the engine: of WebAssembly the threads are ours, every other has its own. */
export async function startImageEngine(threads: number): Promise<ImageEngine> {
  const { name, reason } = await chooseEngine();
  if (name !== 'wasm') return { reason, dispose: () => Promise.resolve() };
  const pool = await createWorkerPool({ threads });
  const restore = registerWasmKernels({ host: pool });
  return {
    reason: `${reason}; convolutions on ${threads} thread${threads === 1 ? '' : 's'}`,
    async dispose() {
      restore();
      await pool.dispose();
    },
  };
}
