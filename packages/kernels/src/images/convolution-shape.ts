/** The sizes of a two-dimensional convolution of images, channels last; no dilation, one group. */
export interface ConvolutionShape {
  /** Number of images. */
  readonly images: number;
  /** Rows of an image. */
  readonly height: number;
  /** Columns of an image. */
  readonly width: number;
  /** Channels of an image. */
  readonly channels: number;
  /** Rows of the filter. */
  readonly filterHeight: number;
  /** Columns of the filter. */
  readonly filterWidth: number;
  /** Rows from one window to the next. */
  readonly strideY: number;
  /** Columns from one window to the next. */
  readonly strideX: number;
  /** Rows of zeros above an image. */
  readonly top: number;
  /** Columns of zeros to the left of an image. */
  readonly left: number;
  /** Rows of the result; as many zeros follow below as that takes. */
  readonly outHeight: number;
  /** Columns of the result; as many zeros follow to the right as that takes. */
  readonly outWidth: number;
  /** Channels of the result. */
  readonly outputs: number;
}

/** The fourteen numbers by which the kernels know a convolution. */
export function forwardGeometry(shape: ConvolutionShape): number[] {
  const { height, width, channels, top, left, filterHeight, filterWidth, strideY, strideX } = shape;
  const out = [shape.outHeight, shape.outWidth, shape.outputs];
  return [height, width, channels, top, left, 1, 1, filterHeight, filterWidth, strideY, strideX, ...out];
}

/**
 * The convolution that takes the gradient by the result to the gradient by the images: the result's pixels are spread by the strides,
 * and the filter is turned by 180° with its channels exchanged.
 */
export function backwardGeometry(shape: ConvolutionShape): number[] {
  const { filterHeight, filterWidth, strideY, strideX, outHeight, outWidth, outputs } = shape;
  const top = filterHeight - 1 - shape.top;
  const left = filterWidth - 1 - shape.left;
  const out = [shape.height, shape.width, shape.channels];
  return [outHeight, outWidth, outputs, top, left, strideY, strideX, filterHeight, filterWidth, 1, 1, ...out];
}

/** Values of all images. */
export function inputLength({ images, height, width, channels }: ConvolutionShape): number {
  return images * height * width * channels;
}

/** Values of the filter, shape [filterHeight, filterWidth, channels, outputs]. */
export function filterLength({ filterHeight, filterWidth, channels, outputs }: ConvolutionShape): number {
  return filterHeight * filterWidth * channels * outputs;
}

/** Values of the result. */
export function outputLength({ images, outHeight, outWidth, outputs }: ConvolutionShape): number {
  return images * outHeight * outWidth * outputs;
}
