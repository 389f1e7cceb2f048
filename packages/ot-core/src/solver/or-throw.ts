// For callers who want an exception where a solver stopped early.
import { describeValue } from '@brenier/errors';
import type { TransportResult } from './transport-result.js';

/**
 * Returns a finished result and throws for one that stopped early.
 *
 * @typeParam Result - any object with a status
 * @param result - the answer of any solver
 * @returns `result`, where its status is `'optimal'` or `'converged'`
 * @throws Error for every other status; its `cause` is the result, so that nothing is lost;
 *   TypeError for what is no result
 *
 * @example
 * Accept nothing but a proved optimum or a converged answer.
 * ```ts
 * import { emd, orThrow } from '@brenier/ot-core';
 *
 * orThrow(emd([[0], [1]], [[1], [2]])).cost; // => 1
 * ```
 */
export function orThrow<Result extends Pick<TransportResult, 'status'>>(result: Result): Result {
  if (result?.status === 'optimal' || result?.status === 'converged') return result;
  if (typeof result?.status !== 'string') {
    throw new TypeError(`"result" expected the result of a solver, got ${describeValue(result)}`);
  }
  throw new Error(`"status" expected "optimal" or "converged", got "${result.status}"`, { cause: result });
}
