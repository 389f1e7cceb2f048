// Two clouds to compare, read and checked once.
import { type PointCloud, pointClouds, type PointsInput } from '@brenier/ot-core';

/** Two clouds of one dimension, near enough for squared distances and their sums: the same are refused as by exact transport. */
export function readClouds(x: PointsInput, y: PointsInput, dim: number | undefined): [x: PointCloud, y: PointCloud] {
  const { x: first, y: second } = pointClouds(x, y, { dim });
  return [first, second];
}
