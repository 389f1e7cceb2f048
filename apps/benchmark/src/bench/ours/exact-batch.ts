/** Our exact transport of many small problems. */
import { emd } from '@brenier/ot-core';
import { unpackArray } from '../contender/packed-array.js';
import type { ExactBatchWork } from '../contender/work.js';
import type { PreparedWork } from './prepared-work.js';

/** Prepares a batch; every plan has its certificate. */
export function prepareExactBatch({ problems, count, dim, ...clouds }: ExactBatchWork): PreparedWork {
  const [x, y] = [clouds.x, clouds.y].map((packed) => Float64Array.from(unpackArray(packed)));
  const solveAll = (): number => {
    let cost = 0;
    for (let k = 0; k < problems; k++) {
      const [from, to] = [k * count * dim, (k + 1) * count * dim];
      cost += emd(x.subarray(from, to), y.subarray(from, to), { dim }).cost;
    }
    return cost;
  };
  return {
    engine: 'Brenier',
    variants: [{ name: 'emd', group: 'loop' }],
    answer: () => ({ cost: solveAll() }),
    run(units) {
      for (let k = 0; k < units; k++) solveAll();
    },
  };
}
