import fc from 'fast-check';
import type { ConvolutionShape } from '../../src/index.js';

/** Convolutions around the widths of a tile, with any stride and with zeros, or none, on any side. */
export const convolutionShapes: fc.Arbitrary<ConvolutionShape> = fc
  .record({
    images: fc.constantFrom(1, 2, 3, 8, 9, 17),
    height: fc.integer({ min: 1, max: 6 }),
    width: fc.integer({ min: 1, max: 6 }),
    channels: fc.constantFrom(1, 2, 3, 4, 5, 8),
    filterHeight: fc.integer({ min: 1, max: 4 }),
    filterWidth: fc.integer({ min: 1, max: 4 }),
    strideY: fc.integer({ min: 1, max: 3 }),
    strideX: fc.integer({ min: 1, max: 3 }),
    top: fc.integer({ min: 0, max: 4 }),
    left: fc.integer({ min: 0, max: 4 }),
    outHeight: fc.integer({ min: 1, max: 5 }),
    outWidth: fc.integer({ min: 1, max: 5 }),
    outputs: fc.constantFrom(1, 2, 15, 16, 17, 33),
  })
  .map((shape) => ({ ...shape }));

/** 3 × 3 windows on every pixel. */
export function sameShape(images: number, size: number, channels: number, outputs: number): ConvolutionShape {
  const image = { images, height: size, width: size, channels, top: 1, left: 1 };
  const window = { filterHeight: 3, filterWidth: 3, strideY: 1, strideX: 1 };
  return { ...image, ...window, outHeight: size, outWidth: size, outputs };
}
