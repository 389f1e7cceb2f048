import { addressAt, layerAt, layerNumber, layerOffset, LayerPlace, numberAt, Place } from './plan';

/** Makes the transposed matrices of all layers, [outputs, features + 1] each. */
export function mlpTransposeParameters(plan: usize): void {
  transposeParameters(plan, 0, numberAt(plan, Place.ParameterCount));
}

/** Copies the parameters `first` … `end` − 1 to the transposed matrices. */
export function transposeParameters(plan: usize, first: i32, end: i32): void {
  const parameters = addressAt(plan, Place.ParametersAt);
  const transposed = addressAt(plan, Place.TransposedAt);
  for (let l = 0; l < numberAt(plan, Place.LayerCount); l++) {
    const layer = layerAt(plan, l);
    const depth = layerNumber(layer, LayerPlace.Features) + 1;
    const outputs = layerNumber(layer, LayerPlace.Outputs);
    const weights = <i32>(layerOffset(layer, LayerPlace.WeightsAt) >> 2);
    const last = min<i32>(end, weights + depth * outputs);
    const matrix = transposed + layerOffset(layer, LayerPlace.TransposedAt);
    const stride = <usize>depth << 2;
    for (let i = max<i32>(first, weights); i < last; ) {
      const k = (i - weights) / outputs;
      const rowEnd = min<i32>(last, weights + (k + 1) * outputs);
      let target = matrix + <usize>(i - weights - k * outputs) * stride + (<usize>k << 2);
      for (; i < rowEnd; i++, target += stride) store<f32>(target, load<f32>(parameters + (<usize>i << 2)));
    }
  }
}
