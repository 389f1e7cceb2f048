// Front door of many exact transport problems at once, on this thread or on those of a pool.
import { checkOptions, describeValue } from '@brenier/errors';
import { type KernelHost, localHost, withKernels } from '@brenier/kernels';
import { type AnswerSheet, checkWant, createAnswerSheet } from './batch/batch-answers.js';
import type { EmdBatchAnswers, EmdBatchWant } from './batch/batch-answers.js';
import { type BatchProblem, checkBatch, type CheckedBatch } from './batch/batch-problem.js';
import { BatchRounds } from './batch/batch-rounds.js';

/** Options of {@link emdBatch}. */
export interface EmdBatchOptions<W extends EmdBatchWant = 'result'> {
  /**
   * `'result'`: all that `emd` gives, with proofs; `'uncertified'`: the same without proofs; `'coupling'`: the plans
   * alone; `'cost'`: one number a problem. The less, the less time and memory it takes. Default `'result'`.
   */
  readonly want?: W;
  /** Threads to share the problems among, from `createWorkerPool` of `@brenier/kernels`. Default: this thread alone. */
  readonly pool?: KernelHost;
}

/**
 * Solves many exact transport problems, of equal or different sizes, and blocks until all are done.
 *
 * Every number is that of {@link emd} for the same problem, to the bit, whatever the number of threads. All problems
 * are checked before the first is solved, and each is read again when its turn comes, so that no copy of the batch is
 * held. One kernel memory, grown once, serves one problem after the other, the largest first.
 *
 * Cost that of the problems, shared evenly among the threads except for the reading of answers and the certificates,
 * which the calling thread makes (at 500 points of the plane a tenth of the time). For progress, abort, and an event
 * loop that goes on turning see {@link emdBatchAsync}.
 *
 * @typeParam W - what is wanted
 * @param problems - points `{ x, y, a, b, cost, dim }`, geometries `{ geometry, a, b }`, or problems from
 *   {@link createTransportProblem}, in any mixture; may be empty
 * @param options - what is wanted, and where to work
 * @returns the answers in the order of the problems; plain data
 * @throws TypeError or RangeError like `emd`, naming the problem: `"problems[17].a" expected …`; Error where a worker
 *   of the pool has died
 * @see Peyré and Cuturi, Computational Optimal Transport (2019), chapter 3
 *
 * @example
 * Two minibatches of three points each: who goes with whom?
 * ```ts
 * import { emdBatch } from '@brenier/ot-core';
 *
 * const noise = Float32Array.of(0, 0, 1, 0, 5, 0, 0, 0, 0, 1, 0, 2);
 * const data = Float32Array.of(2, 0, 6, 0, 1, 0, 0, 3, 0, 2, 0, 1);
 * const problems = [0, 1].map((k) => ({
 *   x: noise.subarray(6 * k, 6 * (k + 1)),
 *   y: data.subarray(6 * k, 6 * (k + 1)),
 *   dim: 2,
 * }));
 * const pairs = emdBatch(problems, { want: 'coupling' });
 * pairs.map((each) => each.kind === 'permutation' && [...each.columnOfRow]); // => [[2, 0, 1], [2, 1, 0]]
 * emdBatch(problems).map(({ certificate }) => certificate.gap); // => [0, 0]
 * ```
 */
export function emdBatch<W extends EmdBatchWant = 'result'>(
  problems: readonly BatchProblem[],
  options?: EmdBatchOptions<W>,
): EmdBatchAnswers[W] {
  const { want, pool } = checkOptions('options', options, ['want', 'pool']);
  const wanted = checkWant(want);
  if (pool !== undefined) checkHost(pool);
  const asked = checkBatch(problems);
  const sheet = createAnswerSheet(wanted, asked.sizes.length);
  if (pool) solveNow(pool, asked, sheet);
  else withKernels((kernels) => solveNow(localHost(kernels), asked, sheet));
  return sheet.answers as EmdBatchAnswers[W];
}

function checkHost(pool: Partial<KernelHost> | null): void {
  if (typeof pool?.runNow === 'function' && typeof pool.hold === 'function') return;
  throw new TypeError(`"pool" expected a pool from createWorkerPool, got ${describeValue(pool)}`);
}

function solveNow(host: KernelHost, batch: CheckedBatch, sheet: AnswerSheet<EmdBatchWant>): void {
  const rounds = new BatchRounds(host, batch);
  try {
    for (let job = rounds.begin(); job !== undefined; job = rounds.begin()) {
      host.runNow(job);
      rounds.end();
      while (rounds.readNext(sheet.read));
    }
  } finally {
    rounds.dispose();
  }
}
