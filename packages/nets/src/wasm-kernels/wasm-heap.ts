// How a kernel of the TensorFlow.js wasm backend reaches its tensors: by the backend's public methods, as views of its heap.
import type { DataId, TensorInfo } from '@tensorflow/tfjs-core';

/** The methods of the wasm backend that a kernel uses. */
export interface WasmHeap {
  /** A new tensor of float32, not cleared. */
  makeOutput(shape: number[], dtype: 'float32'): TensorInfo;
  /** A view of a tensor's values; making a tensor may detach it. */
  typedArrayFromHeap(info: { shape: number[]; dtype: 'float32'; dataId: DataId }): Float32Array;
}

/** Makes the result of a kernel: `write` gets views of the inputs, then of the outputs. */
export function compute(
  heap: WasmHeap,
  inputs: readonly TensorInfo[],
  shapes: readonly (readonly number[])[],
  write: (inputs: Float32Array[], outputs: Float32Array[]) => void,
): TensorInfo[] {
  const made = shapes.map((shape) => heap.makeOutput([...shape], 'float32'));
  const view = ({ shape, dataId }: TensorInfo) => heap.typedArrayFromHeap({ shape, dtype: 'float32', dataId });
  write(inputs.map(view), made.map(view));
  return made;
}
