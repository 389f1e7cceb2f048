/** From a work order to the work in hand. */
import type { FusedMlp } from '@brenier/nets/fused';
import type { Work } from '../contender/work.js';
import { startEngine, type EngineSettings } from './engine.js';
import { prepareMlpWalk } from './mlp-walk.js';
import { prepareOtCfmRun } from './ot-cfm-run.js';
import type { PreparedWork } from './prepared-work.js';
import { prepareTrainingStep } from './training-step.js';
import { prepareUnetStep } from './unet-step.js';

/** Prepares any work; disposing of it ends the threads that were started for it. */
export async function prepareWork(work: Work, settings: EngineSettings): Promise<PreparedWork> {
  if (work.kind === 'unet-step') return prepareUnetStep(work, settings);
  // A run spends its time on pairings: the other threads prepare batches, and the network needs one alone.
  const threads = work.kind === 'ot-cfm-run' ? 1 : settings.threads;
  const engine = await startEngine(work, { ...settings, threads });
  const prepared = prepareOnMlp(work, engine.network, settings.threads);
  return {
    ...prepared,
    async dispose() {
      await prepared.dispose?.();
      await engine.dispose();
    },
  };
}

function prepareOnMlp(work: Exclude<Work, { kind: 'unet-step' }>, network: FusedMlp, threads: number): PreparedWork {
  switch (work.kind) {
    case 'mlp-step':
      return prepareTrainingStep(work, network);
    case 'mlp-walk':
      return prepareMlpWalk(work, network);
    case 'ot-cfm-run':
      return prepareOtCfmRun(work, network, threads);
  }
}
