// Two clouds to compare, read and checked once.
import { asPointCloud, type PointCloud, type PointsInput } from '@brenier/ot-core';

/** Two clouds of one dimension. */
export function readClouds(x: PointsInput, y: PointsInput, dim: number | undefined): [x: PointCloud, y: PointCloud] {
  const [first, second] = [asPointCloud('x', x, dim), asPointCloud('y', y, dim)];
  if (first.dim === second.dim) return [first, second];
  throw new RangeError(`"y" expected points of dimension ${first.dim} like "x", got dimension ${second.dim}`);
}
