// The only place where an array becomes a tensor or a tensor an array. Both ways copy: a backend may keep the array it was
// given, and may hand out the buffer it still writes to.
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';

/** A float32 tensor of the given shape from a copy of `values`; the caller disposes of it. */
export function tensorFromArray(values: ArrayLike<number>, shape: readonly number[]): Tensor {
  return tf.tensor(new Float32Array(values), [...shape], 'float32');
}

/** A float32 matrix from a copy of `values`, row-major. */
export function matrixFromArray(values: ArrayLike<number>, rows: number, columns: number): Tensor2D {
  return tf.tensor2d(new Float32Array(values), [rows, columns], 'float32');
}

/** Copies a tensor into `out` without waiting for other tasks; WebGPU cannot do that. */
export function readInto(tensor: Tensor, out: Float32Array | Float64Array): void {
  out.set(tensor.dataSync());
}

/** Copies tensors one after the other into `out`, on engines that answer later too. */
export async function readAllInto(tensors: readonly Tensor[], out: Float32Array): Promise<void> {
  const parts = await Promise.all(tensors.map((tensor) => tensor.data()));
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.length;
  }
}

/** Waits for the backend that was set, or starts the default one: otherwise TensorFlow.js does so in its first operation. */
export function startTensorEngine(): Promise<void> {
  return tf.ready();
}

/** The name of the present engine; `tfjs` alone while there is none. */
export function tensorEngine(): string {
  const backend = tf.getBackend() as string | undefined;
  return backend ? `tfjs ${backend}` : 'tfjs';
}
