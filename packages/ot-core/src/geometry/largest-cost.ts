// How large the costs of a geometry can be.
import { rangeOfAllowedCosts } from './forbidden-pairs.js';
import type { Geometry } from './geometry.js';
import { largestCostOfClouds } from './point-clouds.js';

/** No |c_ij| of an allowed pair is larger. O((rows + columns) · dim), O(rows · columns) for a matrix. */
export function largestCostOf(geometry: Geometry): number {
  if (geometry.kind !== 'matrix') return largestCostOfClouds(geometry);
  const [low, high] = rangeOfAllowedCosts(geometry);
  return Math.max(Math.abs(low), Math.abs(high));
}
