/**
 * Convolutions of float32 images, channels last.
 *
 * `geometry` points to fourteen int32: height, width and channels of an image; the row and the column of its first pixel in the
 * frame (the zeros around it); the rows and columns from pixel to pixel there; height, width and strides of the filter's window; height,
 * width and channels of the result.
 */
export interface ConvolutionExports {
  /** Bytes of `scratch` that {@link ConvolutionExports.convolution} needs. */
  convolutionScratch(geometry: number): number;
  /**
   * Packs a filter into panels of 16 outputs, `16 · ⌈outputs / 16⌉ · taps · channels` values. `filter` points to the first tap;
   * the steps are in values and may be negative.
   */
  convolutionPanels(
    filter: number,
    taps: number,
    tapStep: number,
    channels: number,
    channelStep: number,
    outputs: number,
    outputStep: number,
    out: number,
  ): void;
  /** Convolves `images` images; each result is one sum in the order of the filter's rows, columns and channels. */
  convolution(geometry: number, panels: number, x: number, images: number, out: number, scratch: number): void;
  /** Bytes of one lane of a filter's gradient. */
  convolutionLaneBytes(geometry: number): number;
  /** Bytes of `scratch` that {@link ConvolutionExports.convolutionFilterLane} needs. */
  convolutionFilterScratch(geometry: number): number;
  /**
   * Sums the gradient of a filter over `images` images into lane `first / perLane` of those at `lanes`; `x` and `dy` point to image
   * `first`.
   */
  convolutionFilterLane(
    geometry: number,
    x: number,
    dy: number,
    first: number,
    images: number,
    perLane: number,
    lanes: number,
    scratch: number,
  ): void;
  /** Sums `count` lanes in order into the gradient of the filter, onto what is there where `isAdded` is 1. */
  convolutionFilterSum(geometry: number, lanes: number, count: number, out: number, isAdded: number): void;
}
