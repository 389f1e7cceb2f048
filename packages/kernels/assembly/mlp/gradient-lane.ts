import { closeGroup } from './activation';
import { backwardPass, forwardPass } from './passes';
import { addressAt, BLOCK, GROUP, layerAt, layerNumber, layerOffset, LayerPlace, numberAt, Place } from './plan';
import { squaredResiduals } from './residuals';
import { gatherGroup } from './samples';

/**
 * Loss and gradient of one lane of a batch: the blocks `lane`, `lane` + lanes, … of 64 samples, in order. The
 * gradient of the lane and its loss go to places of their own, so lanes may run in any order and on any threads.
 */
export function mlpGradientLane(plan: usize, lane: i32, scratch: usize): void {
  const count = numberAt(plan, Place.Count);
  const lanes = numberAt(plan, Place.Lanes);
  const gradient = addressAt(plan, Place.LaneGradientsAt) + <usize>lane * addressAt(plan, Place.LaneGradientBytes);
  let loss: f64 = 0;
  for (let first = lane * BLOCK; first < count; first += lanes * BLOCK) {
    const size = min<i32>(BLOCK, count - first);
    const groups = (size + GROUP - 1) / GROUP;
    gatherBlock(plan, scratch, first, size);
    forwardPass(plan, scratch, groups, true);
    loss += squaredResiduals(
      scratch + addressAt(plan, Place.OutputAt),
      scratch + addressAt(plan, Place.TargetAt),
      numberAt(plan, Place.OutputRows),
      numberAt(plan, Place.Dim),
      scratch + addressAt(plan, Place.SampleWeightsAt),
      load<f32>(plan + (<usize>Place.Factor << 2)),
      groups,
    );
    backwardPass(plan, scratch, groups, gradient, first == lane * BLOCK);
  }
  store<f64>(addressAt(plan, Place.LaneLossesAt) + (<usize>lane << 3), loss);
}

/** Inputs, targets and weights of a block; the places of samples that its last group lacks hold zeros. */
function gatherBlock(plan: usize, scratch: usize, first: i32, size: i32): void {
  const layer = layerAt(plan, 0);
  const features = layerNumber(layer, LayerPlace.Features);
  const rows = layerNumber(layer, LayerPlace.Rows);
  const dim = numberAt(plan, Place.Dim);
  const outputRows = numberAt(plan, Place.OutputRows);
  const inputs = addressAt(plan, Place.InputsAt) + ((<usize>first * <usize>features) << 2);
  const targets = addressAt(plan, Place.TargetsAt) + ((<usize>first * <usize>dim) << 2);
  const weights = scratch + addressAt(plan, Place.SampleWeightsAt);
  let values = scratch + layerOffset(layer, LayerPlace.ValuesAt);
  let target = scratch + addressAt(plan, Place.TargetAt);
  for (let start = 0; start < size; start += GROUP) {
    const filled = min<i32>(GROUP, size - start);
    gatherGroup(inputs + ((<usize>start * <usize>features) << 2), filled, features, values);
    closeGroup(values, rows, features);
    gatherGroup(targets + ((<usize>start * <usize>dim) << 2), filled, dim, target);
    values += <usize>rows << 6;
    target += <usize>outputRows << 6;
  }
  memory.fill(weights, 0, BLOCK << 2);
  memory.copy(weights, addressAt(plan, Place.WeightsAt) + (<usize>first << 2), <usize>size << 2);
}
