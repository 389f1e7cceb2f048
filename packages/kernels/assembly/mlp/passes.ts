import { activateGroup, followsValue, scaleGroup } from './activation';
import { addressAt, layerAt, layerNumber, layerOffset, LayerPlace, numberAt, Place } from './plan';
import { multiplyGroup } from './product';
import { weightGradient } from './weight-gradient';

// The ways of a block of samples through the network. The forward way reads the transposed matrices and the way back
// the parameters themselves, so that the weights of an output are contiguous both times. Layer after layer, so that a
// layer's weights are in the cache for all groups; within a layer group after group, so that a product is still there
// when it is activated.

/** From the inputs of the first layer to the velocities; the slopes of the activations are kept where asked for. */
export function forwardPass(plan: usize, scratch: usize, groups: i32, keepsSlopes: bool): void {
  const last = numberAt(plan, Place.LayerCount) - 1;
  const kind = numberAt(plan, Place.Activation);
  const isWide = numberAt(plan, Place.IsWide) != 0;
  const keeps = keepsSlopes && !followsValue(kind);
  for (let l = 0; l <= last; l++) {
    const layer = layerAt(plan, l);
    const features = layerNumber(layer, LayerPlace.Features);
    const outputs = layerNumber(layer, LayerPlace.Outputs);
    const rows = layerNumber(layer, LayerPlace.Rows);
    const matrix = addressAt(plan, Place.TransposedAt) + layerOffset(layer, LayerPlace.TransposedAt);
    const values = scratch + layerOffset(layer, LayerPlace.ValuesAt);
    const next = layerAt(plan, l + 1);
    const outRows = l == last ? numberAt(plan, Place.OutputRows) : layerNumber(next, LayerPlace.Rows);
    const out = scratch + (l == last ? addressAt(plan, Place.OutputAt) : layerOffset(next, LayerPlace.ValuesAt));
    const slopes = scratch + (l == last ? 0 : layerOffset(next, LayerPlace.SlopesAt));
    for (let p = 0; p < groups; p++) {
      const shift = <usize>(p * outRows) << 6;
      const source = values + (<usize>(p * rows) << 6);
      multiplyGroup(isWide, matrix, <usize>(features + 1) << 2, features + 1, outputs, source, out + shift);
      if (l < last) activateGroup(kind, out + shift, outRows, outputs, keeps ? slopes + shift : 0);
    }
  }
}

/** From the derivative by the velocities, in their place, to the gradient of every layer; see `weightGradient`. */
export function backwardPass(plan: usize, scratch: usize, groups: i32, gradient: usize, isFirst: bool): void {
  let delta = scratch + addressAt(plan, Place.OutputAt);
  let deltaRows = numberAt(plan, Place.OutputRows);
  const kind = numberAt(plan, Place.Activation);
  const isWide = numberAt(plan, Place.IsWide) != 0;
  const panel = scratch + addressAt(plan, Place.PanelAt);
  for (let l = numberAt(plan, Place.LayerCount) - 1; l >= 0; l--) {
    const layer = layerAt(plan, l);
    const features = layerNumber(layer, LayerPlace.Features);
    const outputs = layerNumber(layer, LayerPlace.Outputs);
    const rows = layerNumber(layer, LayerPlace.Rows);
    const weightsAt = layerOffset(layer, LayerPlace.WeightsAt);
    const values = scratch + layerOffset(layer, LayerPlace.ValuesAt);
    const out = gradient + weightsAt;
    weightGradient(isWide, values, rows, features + 1, delta, deltaRows, outputs, groups, out, isFirst, panel);
    if (l == 0) return;
    const matrix = addressAt(plan, Place.ParametersAt) + weightsAt;
    const slopes = scratch + layerOffset(layer, LayerPlace.SlopesAt);
    const before = scratch + addressAt(plan, l & 1 ? Place.FirstDeltaAt : Place.SecondDeltaAt);
    for (let p = 0; p < groups; p++) {
      const shift = <usize>(p * rows) << 6;
      const source = delta + (<usize>(p * deltaRows) << 6);
      multiplyGroup(isWide, matrix, <usize>outputs << 2, outputs, features, source, before + shift);
      scaleGroup(kind, before + shift, slopes + shift, features);
    }
    delta = before;
    deltaRows = rows;
  }
}

/**
 * Carries tangents of the points, the first `dim` rows at `FirstDeltaAt`, to those of the velocities after
 * `forwardPass`.
 */
export function tangentPass(plan: usize, scratch: usize, groups: i32): void {
  const last = numberAt(plan, Place.LayerCount) - 1;
  const kind = numberAt(plan, Place.Activation);
  const isWide = numberAt(plan, Place.IsWide) != 0;
  let depth = numberAt(plan, Place.Dim);
  let source = scratch + addressAt(plan, Place.FirstDeltaAt);
  for (let l = 0; l <= last; l++) {
    const layer = layerAt(plan, l);
    const outputs = layerNumber(layer, LayerPlace.Outputs);
    const rows = layerNumber(layer, LayerPlace.Rows);
    const stride = <usize>(layerNumber(layer, LayerPlace.Features) + 1) << 2;
    const matrix = addressAt(plan, Place.TransposedAt) + layerOffset(layer, LayerPlace.TransposedAt);
    const next = layerAt(plan, l + 1);
    const outRows = l == last ? numberAt(plan, Place.OutputRows) : layerNumber(next, LayerPlace.Rows);
    const out =
      scratch + addressAt(plan, l == last ? Place.OutputAt : l & 1 ? Place.FirstDeltaAt : Place.SecondDeltaAt);
    for (let p = 0; p < groups; p++) {
      const shift = <usize>(p * outRows) << 6;
      multiplyGroup(isWide, matrix, stride, depth, outputs, source + (<usize>(p * rows) << 6), out + shift);
      if (l < last) scaleGroup(kind, out + shift, scratch + layerOffset(next, LayerPlace.SlopesAt) + shift, outputs);
    }
    source = out;
    depth = outputs;
  }
}
