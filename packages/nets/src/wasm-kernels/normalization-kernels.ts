// Group normalization with SiLU as one kernel of the wasm backend, and its gradient as another: composed of the operations of
// TensorFlow.js it takes some thirty passes over the images, here five.
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { ImageKernels } from '@brenier/kernels';
import { compute, type WasmHeap } from './wasm-heap.js';

/** The name of the forward kernel: y from x, shape [images, height, width, channels], gain and bias, shape [images, channels]. */
export const NORMALIZED_SILU = 'BrenierNormalizedSilu';

/** The name of the gradient: by x, gain and bias, from those and dy. */
export const NORMALIZED_SILU_GRADIENT = 'BrenierNormalizedSiluGradient';

interface Call {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly attrs: { readonly groupSize: number; readonly epsilon: number };
  readonly backend: WasmHeap;
}

/** Makes the two kernels. */
export function normalizationKernels(kernels: ImageKernels): Record<string, KernelFunc> {
  return {
    [NORMALIZED_SILU]: (call) => {
      const { inputs, attrs, backend } = call as unknown as Call;
      const { x, gain, bias } = inputs;
      const [y] = compute(backend, [x, gain, bias], [x.shape], ([values, gains, biases], [out]) => {
        kernels.normalizedSilu(shapeOf(x, attrs), { x: values, gain: gains, bias: biases }, out);
      });
      return y;
    },
    [NORMALIZED_SILU_GRADIENT]: (call) => {
      const { inputs, attrs, backend } = call as unknown as Call;
      const { x, gain, bias, dy } = inputs;
      const shapes = [x.shape, gain.shape, bias.shape];
      return compute(backend, [x, gain, bias, dy], shapes, ([values, gains, biases, slopes], [dx, dGain, dBias]) => {
        const given = { x: values, gain: gains, bias: biases };
        kernels.normalizedSiluGradient(shapeOf(x, attrs), given, slopes, { x: dx, gain: dGain, bias: dBias });
      });
    },
  };
}

function shapeOf(x: TensorInfo, { groupSize, epsilon }: Call['attrs']) {
  const [images, height, width, channels] = x.shape;
  return { images, pixels: height * width, channels, groupSize, epsilon };
}
