import { closeGroup } from './activation';
import { forwardPass, tangentPass } from './passes';
import { addressAt, BLOCK, GROUP, layerAt, layerNumber, layerOffset, LayerPlace, numberAt, Place } from './plan';
import { fillRow, gatherPoints, scatterPoints } from './samples';

/** The velocities of block `block` of 64 points. */
export function mlpForwardBlock(plan: usize, block: i32, scratch: usize): void {
  const shift = shiftOf(plan, block);
  const size = sizeOf(plan, block);
  prepareBlock(plan, scratch, groupsOf(size));
  evaluate(plan, addressAt(plan, Place.PointsAt) + shift, size, addressAt(plan, Place.ExtrasAt), false, scratch);
  readVelocities(plan, size, scratch, addressAt(plan, Place.VelocitiesAt) + shift);
}

/** The Jacobian of the velocities of a block by its points, times a vector of each point. */
export function mlpTangentBlock(plan: usize, block: i32, scratch: usize): void {
  const shift = shiftOf(plan, block);
  const size = sizeOf(plan, block);
  const rows = layerNumber(layerAt(plan, 0), LayerPlace.Rows);
  const tangents = scratch + addressAt(plan, Place.FirstDeltaAt);
  prepareBlock(plan, scratch, groupsOf(size));
  evaluate(plan, addressAt(plan, Place.PointsAt) + shift, size, addressAt(plan, Place.ExtrasAt), true, scratch);
  gatherPoints(addressAt(plan, Place.VectorsAt) + shift, size, numberAt(plan, Place.Dim), tangents, rows);
  tangentPass(plan, scratch, groupsOf(size));
  readVelocities(plan, size, scratch, addressAt(plan, Place.VelocitiesAt) + shift);
}

/** Bytes from the first point to the first of a block. */
export function shiftOf(plan: usize, block: i32): usize {
  return (<usize>block * <usize>(BLOCK * numberAt(plan, Place.Dim))) << 3;
}

/** Points of a block. */
export function sizeOf(plan: usize, block: i32): i32 {
  return min<i32>(BLOCK, numberAt(plan, Place.Count) - block * BLOCK);
}

// @ts-ignore: decorator
@inline
export function groupsOf(size: i32): i32 {
  return (size + GROUP - 1) / GROUP;
}

/** Sets the ones that carry the bias of the first layer. */
export function prepareBlock(plan: usize, scratch: usize, groups: i32): void {
  const layer = layerAt(plan, 0);
  const rows = layerNumber(layer, LayerPlace.Rows);
  let values = scratch + layerOffset(layer, LayerPlace.ValuesAt);
  for (let p = 0; p < groups; p++, values += <usize>rows << 6) {
    closeGroup(values, rows, layerNumber(layer, LayerPlace.Features));
  }
}

/** A forward pass of `size` row-major points that share their extra features. */
export function evaluate(
  plan: usize,
  points: usize,
  size: i32,
  extras: usize,
  keepsSlopes: bool,
  scratch: usize,
): void {
  const layer = layerAt(plan, 0);
  const rows = layerNumber(layer, LayerPlace.Rows);
  const values = scratch + layerOffset(layer, LayerPlace.ValuesAt);
  const dim = numberAt(plan, Place.Dim);
  const groups = groupsOf(size);
  gatherPoints(points, size, dim, values, rows);
  for (let e = 0; e < numberAt(plan, Place.Extra); e++) {
    fillRow(values + (<usize>(dim + e) << 6), rows, groups, load<f32>(extras + (<usize>e << 2)));
  }
  forwardPass(plan, scratch, groups, keepsSlopes);
}

/** Writes the velocities of the last pass as row-major float64 numbers. */
export function readVelocities(plan: usize, size: i32, scratch: usize, out: usize): void {
  const output = scratch + addressAt(plan, Place.OutputAt);
  scatterPoints(output, numberAt(plan, Place.OutputRows), size, numberAt(plan, Place.Dim), out);
}
