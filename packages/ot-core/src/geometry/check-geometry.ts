import { describeValue } from '@brenier/errors';
import type { Geometry } from './geometry.js';

/**
 * Checks that a value came from `pointClouds` or `costMatrix`, whose guards need not be repeated.
 *
 * @throws TypeError where it did not
 */
export function checkGeometry(name: string, value: Geometry): Geometry {
  if (value?.kind === 'point-cloud' || value?.kind === 'matrix') return value;
  throw new TypeError(`"${name}" expected a geometry from pointClouds or costMatrix, got ${describeValue(value)}`);
}
