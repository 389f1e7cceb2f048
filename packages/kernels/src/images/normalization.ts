// Group normalization with SiLU on a host; every image is a chunk for its threads.
import type { KernelHost } from '../kernel-host.js';
import type { ScratchMemory } from './scratch-memory.js';
import { slabs } from './slabs.js';

/** The sizes of a group normalization of images, channels last. */
export interface NormalizationShape {
  /** Number of images. */
  readonly images: number;
  /** Pixels of an image. */
  readonly pixels: number;
  /** Channels of a pixel, a multiple of 4. */
  readonly channels: number;
  /** Neighbouring channels that share a mean and a variance; it divides `channels`. */
  readonly groupSize: number;
  /** Added to the variance. */
  readonly epsilon: number;
}

/** What a normalization starts from. */
export interface NormalizationInputs {
  /** Shape [images, pixels, channels]. */
  readonly x: Float32Array;
  /** Shape [images, channels]. */
  readonly gain: Float32Array;
  /** Shape [images, channels]. */
  readonly bias: Float32Array;
}

/** `y = silu(normalized(x) · gain + bias)`. */
export function normalizedSilu(
  host: KernelHost,
  scratch: ScratchMemory,
  shape: NormalizationShape,
  { x, gain, bias }: NormalizationInputs,
  y: Float32Array,
): void {
  const { pixels, channels, groupSize, epsilon } = shape;
  const perThread = host.exports.normalizedSiluScratch(channels);
  const [image, row] = [pixels * channels, channels];
  for (const { first, count } of slabs(shape.images, image * 8)) {
    const [xAt, gainAt, biasAt, yAt, threads] = scratch.layOut([
      ...[count * image * 4, count * row * 4, count * row * 4, count * image * 4, host.threads * perThread],
    ]);
    const end = first + count;
    scratch.float32(xAt, count * image).set(x.subarray(first * image, end * image));
    scratch.float32(gainAt, count * row).set(gain.subarray(first * row, end * row));
    scratch.float32(biasAt, count * row).set(bias.subarray(first * row, end * row));
    host.runNow({
      kernel: 'normalizedSilu',
      rows: count,
      rowsPerChunk: 1,
      arguments: [
        ...[xAt, gainAt, biasAt, yAt].map((start, k) => ({ start, perRow: (k % 3 === 0 ? image : row) * 4 })),
        ...(['rows', pixels, channels, groupSize, epsilon, { start: threads, perThread }] as const),
      ],
    });
    y.set(scratch.float32(yAt, count * image), first * image);
  }
}

/** What the gradient of a normalization writes, in the shapes of {@link NormalizationInputs}. */
export interface NormalizationGradients {
  /** By the images. */
  readonly x: Float32Array;
  /** By the gains. */
  readonly gain: Float32Array;
  /** By the biases. */
  readonly bias: Float32Array;
}

/** The gradients for the gradient `dy` by the result. */
export function normalizedSiluGradient(
  host: KernelHost,
  scratch: ScratchMemory,
  shape: NormalizationShape,
  { x, gain, bias }: NormalizationInputs,
  dy: Float32Array,
  out: NormalizationGradients,
): void {
  const { pixels, channels, groupSize, epsilon } = shape;
  const perThread = host.exports.normalizedSiluScratch(channels);
  const [image, row] = [pixels * channels, channels];
  for (const { first, count } of slabs(shape.images, image * 12)) {
    const sizes = [image, row, row, image, image, row, row];
    const places = scratch.layOut([...sizes.map((size) => count * size * 4), host.threads * perThread]);
    const threads = places.pop()!;
    [x, gain, bias, dy].forEach((values, k) => {
      const part = values.subarray(first * sizes[k], (first + count) * sizes[k]);
      scratch.float32(places[k], part.length).set(part);
    });
    host.runNow({
      kernel: 'normalizedSiluGradient',
      rows: count,
      rowsPerChunk: 1,
      arguments: [
        ...places.map((start, k) => ({ start, perRow: sizes[k] * 4 })),
        ...(['rows', pixels, channels, groupSize, epsilon, { start: threads, perThread }] as const),
      ],
    });
    [out.x, out.gain, out.bias].forEach((values, k) => {
      values.set(scratch.float32(places[k + 4], count * sizes[k + 4]), first * sizes[k + 4]);
    });
  }
}
