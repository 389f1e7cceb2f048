import { checkInteger, checkLength, checkOptions, checkPositive, describeValue } from '@brenier/errors';
import type { KernelHost } from '../kernel-host.js';
import { convolve, convolveFilterGradient, convolveInputGradient } from './convolution.js';
import { filterLength, inputLength, outputLength, type ConvolutionShape } from './convolution-shape.js';
import {
  normalizedSilu,
  normalizedSiluGradient,
  type NormalizationGradients,
  type NormalizationInputs,
  type NormalizationShape,
} from './normalization.js';
import { createScratchMemory } from './scratch-memory.js';

/** The kernels of convolutional networks on one host: float32 arrays in, float32 arrays out, channels last. */
export interface ImageKernels {
  /** `out = x ∗ filter`; the filter has shape [filterHeight, filterWidth, channels, outputs]. */
  convolve(shape: ConvolutionShape, x: Float32Array, filter: Float32Array, out: Float32Array): void;
  /** Writes the gradient by `x` for the gradient `dy` by the result. */
  convolveInputGradient(shape: ConvolutionShape, dy: Float32Array, filter: Float32Array, dx: Float32Array): void;
  /** Writes the gradient by the filter for the gradient `dy` by the result. */
  convolveFilterGradient(shape: ConvolutionShape, x: Float32Array, dy: Float32Array, dFilter: Float32Array): void;
  /** `y = silu(normalized(x) · gain + bias)`, means and variances over the pixels and channels of each group. */
  normalizedSilu(shape: NormalizationShape, inputs: NormalizationInputs, y: Float32Array): void;
  /** Writes the gradients by all inputs for the gradient `dy` by the result. */
  normalizedSiluGradient(
    shape: NormalizationShape,
    inputs: NormalizationInputs,
    dy: Float32Array,
    out: NormalizationGradients,
  ): void;
  /** Gives the memory back; call it once. */
  release(): void;
}

/**
 * Takes memory for the convolutions and normalizations of a host.
 *
 * Convolutions are matrix products whose left factor is read from the image with its zeros around: no im2col matrix is made. Sums are
 * float32 in a fixed order (a filter's gradient: over the pixels of an image, then over the images of an eighth of the batch, then over
 * the eighths), those of a normalization float64; so the bits do not depend on the number of threads. NaN and infinities follow IEEE
 * arithmetic. A call copies its arrays in and out, 64 MiB of images at a time. A convolution costs 2 · images · outHeight · outWidth ·
 * outputs · filterHeight · filterWidth · channels operations, and so does each of its gradients.
 *
 * Group normalization: Wu and He 2018 (arXiv:1803.08494), eq. 1–4, with gain and bias of each image its own.
 *
 * @param host - a worker pool, or one instance
 * @returns the kernels; their functions throw a TypeError or RangeError for arrays and sizes that do not fit, and what the host throws
 *
 * @example
 * The sum over windows of two by two pixels.
 * ```ts
 * import { createImageKernels, createPlainKernels, localHost } from '@brenier/kernels';
 *
 * const kernels = createImageKernels(localHost(createPlainKernels()));
 * const out = new Float32Array(2);
 * const image = { images: 1, height: 2, width: 3, channels: 1, top: 0, left: 0 };
 * const window = { filterHeight: 2, filterWidth: 2, strideY: 1, strideX: 1 };
 * const shape = { ...image, ...window, outHeight: 1, outWidth: 2, outputs: 1 };
 * kernels.convolve(shape, Float32Array.of(1, 2, 3, 4, 5, 6), new Float32Array(4).fill(1), out);
 * out; // => Float32Array.of(12, 16)
 * kernels.release();
 * ```
 */
export function createImageKernels(host: KernelHost): ImageKernels {
  if (typeof host?.runNow !== 'function') {
    throw new TypeError(`"host" expected a place where kernels run, got ${describeValue(host)}`);
  }
  const scratch = createScratchMemory(host);
  return {
    convolve(shape, x, filter, out) {
      checkShape(shape);
      checkFloats('x', x, inputLength(shape));
      checkFloats('filter', filter, filterLength(shape));
      checkFloats('out', out, outputLength(shape));
      convolve(host, scratch, shape, x, filter, out);
    },
    convolveInputGradient(shape, dy, filter, dx) {
      checkShape(shape);
      checkFloats('dy', dy, outputLength(shape));
      checkFloats('filter', filter, filterLength(shape));
      checkFloats('dx', dx, inputLength(shape));
      convolveInputGradient(host, scratch, shape, dy, filter, dx);
    },
    convolveFilterGradient(shape, x, dy, dFilter) {
      checkShape(shape);
      checkFloats('x', x, inputLength(shape));
      checkFloats('dy', dy, outputLength(shape));
      checkFloats('dFilter', dFilter, filterLength(shape));
      dFilter.fill(0);
      convolveFilterGradient(host, scratch, shape, x, dy, dFilter);
    },
    normalizedSilu(shape, inputs, y) {
      checkNormalization(shape, inputs);
      checkFloats('y', y, inputs.x.length);
      normalizedSilu(host, scratch, shape, inputs, y);
    },
    normalizedSiluGradient(shape, inputs, dy, out) {
      checkNormalization(shape, inputs);
      checkFloats('dy', dy, inputs.x.length);
      checkFloats('out.x', out.x, inputs.x.length);
      checkFloats('out.gain', out.gain, inputs.gain.length);
      checkFloats('out.bias', out.bias, inputs.bias.length);
      normalizedSiluGradient(host, scratch, shape, inputs, dy, out);
    },
    release: () => scratch.release(),
  };
}

const leastSizes: Readonly<Record<keyof ConvolutionShape, number>> = {
  images: 0,
  height: 1,
  width: 1,
  channels: 1,
  filterHeight: 1,
  filterWidth: 1,
  strideY: 1,
  strideX: 1,
  top: 0,
  left: 0,
  outHeight: 1,
  outWidth: 1,
  outputs: 1,
};

function checkShape(shape: ConvolutionShape): void {
  const names = Object.keys(leastSizes) as (keyof ConvolutionShape)[];
  checkOptions('shape', shape, names);
  for (const name of names) checkInteger(`shape.${name}`, shape[name], leastSizes[name], 2 ** 20);
}

function checkNormalization(shape: NormalizationShape, { x, gain, bias }: NormalizationInputs): void {
  const { images, pixels, channels, groupSize, epsilon } = checkOptions('shape', shape, [
    ...(['images', 'pixels', 'channels', 'groupSize', 'epsilon'] as const),
  ]);
  checkInteger('shape.images', images, 0);
  checkInteger('shape.pixels', pixels, 1);
  checkInteger('shape.channels', channels, 4);
  checkInteger('shape.groupSize', groupSize, 1);
  if (channels % 4 !== 0) throw new RangeError(`"shape.channels" expected a multiple of 4, got ${channels}`);
  if (channels % groupSize !== 0) {
    throw new RangeError(`"shape.groupSize" expected a divisor of ${channels}, got ${groupSize}`);
  }
  checkPositive('shape.epsilon', epsilon);
  checkFloats('inputs.x', x, images * pixels * channels);
  checkFloats('inputs.gain', gain, images * channels);
  checkFloats('inputs.bias', bias, images * channels);
}

function checkFloats(name: string, values: unknown, length: number): void {
  if (!(values instanceof Float32Array)) {
    throw new TypeError(`"${name}" expected a Float32Array, got ${describeValue(values)}`);
  }
  checkLength(name, values, length);
}
