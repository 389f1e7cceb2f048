/** Our exact transport of many small problems: one call for all of them, on one thread and on a pool. */
import { createWorkerPool } from '@brenier/kernels';
import { emdBatch } from '@brenier/ot-core';
import { unpackArray } from '../contender/packed-array.js';
import type { Variant } from '../contender/protocol.js';
import type { ExactBatchWork } from '../contender/work.js';
import { CERTIFIED, UNCERTIFIED } from '../exact/exact-groups.js';
import type { PreparedWork } from './prepared-work.js';

/** Prepares a batch; the threads of the pool wait from here on. */
export async function prepareExactBatch(work: ExactBatchWork, threads: number): Promise<PreparedWork> {
  const { problems: number, count, dim } = work;
  const [x, y] = [work.x, work.y].map((packed) => Float64Array.from(unpackArray(packed)));
  const problems = Array.from({ length: number }, (_, k) => {
    const [from, to] = [k * count * dim, (k + 1) * count * dim];
    return { x: x.subarray(from, to), y: y.subarray(from, to), dim };
  });
  const pool = threads === 1 ? undefined : await createWorkerPool({ threads });
  const solveAll = ({ group, threads: wanted }: Variant) => {
    const want = group.startsWith(CERTIFIED) ? ('result' as const) : ('uncertified' as const);
    return emdBatch(problems, { want, pool: wanted === 1 ? undefined : pool });
  };
  const variants = [...new Set([1, threads])].flatMap((used) =>
    [CERTIFIED, UNCERTIFIED].map((group) => ({
      name: 'emdBatch',
      group: `${group}, ${threadsText(used)}`,
      threads: used,
    })),
  );
  return {
    engine: 'emdBatch',
    variants,
    answer: (variant) => ({ cost: solveAll(variant).reduce((sum, { cost }) => sum + cost, 0) }),
    run(units, variant) {
      for (let k = 0; k < units; k++) solveAll(variant);
    },
    dispose: async () => pool?.dispose(),
  };
}

function threadsText(threads: number): string {
  return threads === 1 ? '1 thread' : `${threads} threads`;
}
