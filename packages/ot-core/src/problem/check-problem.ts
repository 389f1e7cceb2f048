import { describeValue } from '@brenier/errors';
import { isGeometry } from '../geometry/check-geometry.js';
import type { TransportProblem } from './transport-problem.js';

/** Checks that a value came from `createTransportProblem`, which has checked all that is in it. */
export function checkProblem(name: string, value: TransportProblem): TransportProblem {
  const { geometry, a, b } = (value ?? {}) as Partial<TransportProblem>;
  if (isGeometry(geometry) && a?.length === geometry.rows && b?.length === geometry.columns) return value;
  throw new TypeError(`"${name}" expected a problem from createTransportProblem, got ${describeValue(value)}`);
}
