/** From a work order to the work in hand. */
import type { FusedMlp } from '@brenier/nets/fused';
import type { Work } from '../contender/work.js';
import type { EngineSettings } from './engine.js';
import type { PreparedWork } from './prepared-work.js';

/**
 * Prepares any work; disposing of it ends the threads that were started for it. What a work needs is imported by the first that needs it,
 * so that the memory of a process is that of its work.
 */
export async function prepareWork(work: Work, settings: EngineSettings): Promise<PreparedWork> {
  switch (work.kind) {
    case 'unet-step':
      return (await import('./unet-step.js')).prepareUnetStep(work, settings);
    case 'exact':
      return (await import('./exact-transport.js')).prepareExact(work);
    case 'exact-batch':
      return (await import('./exact-batch.js')).prepareExactBatch(work, settings.threads);
    default:
      return prepareOnEngine(work, settings);
  }
}

type MlpWork = Exclude<Work, { kind: 'unet-step' | 'exact' | 'exact-batch' }>;

async function prepareOnEngine(work: MlpWork, settings: EngineSettings): Promise<PreparedWork> {
  const { startEngine } = await import('./engine.js');
  // A run spends its time on pairings: the other threads prepare batches, and the network needs one alone.
  const threads = work.kind === 'ot-cfm-run' ? 1 : settings.threads;
  const engine = await startEngine(work, { ...settings, threads });
  const prepared = await prepareOnMlp(work, engine.network, settings.threads);
  return {
    ...prepared,
    async dispose() {
      await prepared.dispose?.();
      await engine.dispose();
    },
  };
}

async function prepareOnMlp(work: MlpWork, network: FusedMlp, threads: number): Promise<PreparedWork> {
  switch (work.kind) {
    case 'mlp-step':
      return (await import('./training-step.js')).prepareTrainingStep(work, network);
    case 'mlp-walk':
      return (await import('./mlp-walk.js')).prepareMlpWalk(work, network);
    case 'ot-cfm-run':
      return (await import('./ot-cfm-run.js')).prepareOtCfmRun(work, network, threads);
  }
}
