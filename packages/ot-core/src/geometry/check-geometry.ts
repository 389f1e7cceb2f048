import { describeValue } from '@brenier/errors';
import type { Geometry } from './geometry.js';

/**
 * Checks that a value came from `pointClouds` or `costMatrix`, whose guards need not be repeated.
 *
 * @throws TypeError where it did not
 */
export function checkGeometry(name: string, value: Geometry): Geometry {
  if (isGeometry(value)) return value;
  throw new TypeError(`"${name}" expected a geometry from pointClouds or costMatrix, got ${describeValue(value)}`);
}

/** Whether a value is a geometry, and not points or anything else. */
export function isGeometry(value: unknown): value is Geometry {
  const kind = (value as Geometry | null | undefined)?.kind;
  return kind === 'point-cloud' || kind === 'matrix';
}
