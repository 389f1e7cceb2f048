/** Group normalization with SiLU after it, of float32 images with a multiple of 4 channels, channels last. */
export interface NormalizedSiluExports {
  /** Bytes of `scratch`. */
  normalizedSiluScratch(channels: number): number;
  /** `y = silu(normalized(x) · gain + bias)`: gain and bias have shape [images, channels], sums over an image are float64. */
  normalizedSilu(
    x: number,
    gain: number,
    bias: number,
    y: number,
    images: number,
    pixels: number,
    channels: number,
    groupSize: number,
    epsilon: number,
    scratch: number,
  ): void;
  /** The gradients by x, gain and bias. */
  normalizedSiluGradient(
    x: number,
    gain: number,
    bias: number,
    dy: number,
    dx: number,
    dGain: number,
    dBias: number,
    images: number,
    pixels: number,
    channels: number,
    groupSize: number,
    epsilon: number,
    scratch: number,
  ): void;
}
