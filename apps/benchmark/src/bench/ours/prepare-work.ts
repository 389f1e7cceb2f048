/** From a work order to the work in hand. */
import type { FusedMlp } from '@brenier/nets/fused';
import type { Work } from '../contender/work.js';
import { startEngine, type EngineSettings } from './engine.js';
import { prepareMlpStep } from './mlp-step.js';
import { prepareMlpWalk } from './mlp-walk.js';
import { prepareOtCfmRun } from './ot-cfm-run.js';
import type { PreparedWork } from './prepared-work.js';

/** Prepares any work; disposing of it ends the threads that were started for it. */
export async function prepareWork(work: Work, settings: EngineSettings): Promise<PreparedWork> {
  // A run spends its time on pairings: the other threads prepare batches, and the network needs one alone.
  const threads = work.kind === 'ot-cfm-run' ? 1 : settings.threads;
  const engine = await startEngine(work, { ...settings, threads });
  const prepared = prepare(work, engine.network, settings.threads);
  return {
    ...prepared,
    async dispose() {
      await prepared.dispose?.();
      await engine.dispose();
    },
  };
}

function prepare(work: Work, network: FusedMlp, threads: number): PreparedWork {
  switch (work.kind) {
    case 'mlp-step':
      return prepareMlpStep(work, network);
    case 'mlp-walk':
      return prepareMlpWalk(work, network);
    case 'ot-cfm-run':
      return prepareOtCfmRun(work, network, threads);
  }
}
