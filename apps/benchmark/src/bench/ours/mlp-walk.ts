/** Our sampling: the public integrators on the fused field. */
import type { FusedMlp } from '@brenier/nets/fused';
import { createRng } from '@brenier/random';
import { euler, eulerMaruyama, integrate, integrateSde } from '@brenier/samplers';
import { packArray, unpackArray } from '../contender/packed-array.js';
import type { MlpWalkWork } from '../contender/work.js';
import type { PreparedWork } from './prepared-work.js';

/** Prepares the walk; no state but the last is kept. */
export function prepareMlpWalk(work: MlpWalkWork, network: FusedMlp): PreparedWork {
  const { steps: numSteps, diffusion, seed, checked } = work;
  const field = network.field(unpackArray(work.parameters));
  const start = Float64Array.from(unpackArray(work.x0));
  const walk = (x0: Float64Array): Float64Array =>
    diffusion === 0
      ? integrate(field, x0, { method: euler(), numSteps }).final
      : integrateSde(createRng(seed), field, x0, { method: eulerMaruyama(), diffusion, numSteps }).final;
  return {
    engine: network.engine,
    answer: () => ({ samples: packArray(walk(start.subarray(0, 2 * checked))) }),
    run(units) {
      for (let k = 0; k < units; k++) walk(start);
    },
  };
}
