// Conv2D and its two gradients for the wasm backend of TensorFlow.js: it has no Conv2DBackpropFilter, so that a convolutional network
// does not train there, and its Conv2DBackpropInput is ten times slower than the matrix products of this workspace.
import { backend_util, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';
import type { ConvolutionShape, ImageKernels } from '@brenier/kernels';
import { compute, type WasmHeap } from './wasm-heap.js';

/** The attributes of the three kernels; each has the first five. */
interface ConvolutionAttributes {
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number | [[number, number], [number, number], [number, number], [number, number]];
  readonly dataFormat: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  readonly dilations?: number | [number, number];
  readonly inputShape?: [number, number, number, number];
  readonly filterShape?: [number, number, number, number];
}

interface Call {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly attrs: ConvolutionAttributes;
  readonly heap: WasmHeap;
}

/** Makes the three kernels; what they cannot do (channels first, dilation) goes to the kernel they replace. */
export function convolutionKernels(
  kernels: ImageKernels,
  replaced: (kernelName: string) => KernelFunc | undefined,
): Record<string, KernelFunc> {
  return {
    Conv2D: kernel('Conv2D', ({ inputs: { x, filter }, attrs, heap }) => {
      const shape = shapeOf(x.shape, filter.shape, attrs);
      if (shape === undefined) return undefined;
      const { images, outHeight, outWidth, outputs } = shape;
      return compute(heap, [x, filter], [[images, outHeight, outWidth, outputs]], ([values, weights], [out]) => {
        kernels.convolve(shape, values, weights, out);
      });
    }),
    Conv2DBackpropInput: kernel('Conv2DBackpropInput', ({ inputs: { dy, filter }, attrs, heap }) => {
      const shape = shapeOf(attrs.inputShape!, filter.shape, attrs);
      if (shape === undefined) return undefined;
      return compute(heap, [dy, filter], [attrs.inputShape!], ([slopes, weights], [out]) => {
        kernels.convolveInputGradient(shape, slopes, weights, out);
      });
    }),
    Conv2DBackpropFilter: kernel('Conv2DBackpropFilter', ({ inputs: { x, dy }, attrs, heap }) => {
      const shape = shapeOf(x.shape, attrs.filterShape!, attrs);
      if (shape === undefined) return undefined;
      return compute(heap, [x, dy], [attrs.filterShape!], ([values, slopes], [out]) => {
        kernels.convolveFilterGradient(shape, values, slopes, out);
      });
    }),
  };

  function kernel(name: string, run: (call: Call) => TensorInfo[] | undefined): KernelFunc {
    return (call) => {
      const { inputs, attrs, backend } = call as unknown as Omit<Call, 'heap'> & { backend: WasmHeap };
      const answer = run({ inputs, attrs, heap: backend });
      if (answer !== undefined) return answer[0];
      const other = replaced(name);
      if (other !== undefined) return other(call);
      throw new Error(`${name} of the wasm backend needs the channels last`);
    };
  }
}

function shapeOf(
  input: readonly number[],
  filter: readonly number[],
  { strides, pad, dataFormat, dimRoundingMode, dilations = 1 }: ConvolutionAttributes,
): ConvolutionShape | undefined {
  const isDilated = !backend_util.tupleValuesAreOne(dilations);
  if (isDilated || dataFormat !== 'NHWC') return undefined;
  const info = backend_util.computeConv2DInfo(
    input as [number, number, number, number],
    filter as [number, number, number, number],
    strides,
    dilations,
    pad,
    dimRoundingMode,
  );
  return {
    images: info.batchSize,
    height: info.inHeight,
    width: info.inWidth,
    channels: info.inChannels,
    filterHeight: info.filterHeight,
    filterWidth: info.filterWidth,
    strideY: info.strideHeight,
    strideX: info.strideWidth,
    top: info.padInfo.top,
    left: info.padInfo.left,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    outputs: info.outChannels,
  };
}
