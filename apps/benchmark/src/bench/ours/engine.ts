/** The fused network of a work, on threads of its own. */
import { createWorkerPool } from '@brenier/kernels';
import { fusedMlp, type FusedMlp } from '@brenier/nets/fused';
import type { NetworkWork } from '../contender/work.js';

/** What the process was told when it started. */
export interface EngineSettings {
  threads: number;
  /** Fused multiply-add, where the last bits may differ between machines. */
  relaxedSimd: boolean;
  /** Vectors of 256 bits, with the same bits. */
  wideVectors: boolean;
}

/** A network and the threads that compute it. */
export interface Engine {
  network: FusedMlp;
  /** Ends the threads. */
  dispose(): Promise<void>;
}

/** Starts the engine of a work; one thread with plain SIMD needs no pool. */
export async function startEngine({ hidden }: NetworkWork, settings: EngineSettings): Promise<Engine> {
  const options = { dim: 2, hidden, activation: 'selu', time: 'raw' } as const;
  if (settings.threads === 1 && !settings.relaxedSimd && !settings.wideVectors) {
    return { network: fusedMlp(options), dispose: () => Promise.resolve() };
  }
  const pool = await createWorkerPool(settings);
  if (settings.relaxedSimd && !pool.isRelaxed) {
    await pool.dispose();
    throw new Error('this engine of JavaScript has no fused multiply-add');
  }
  return { network: fusedMlp(options, { pool }), dispose: () => pool.dispose() };
}
