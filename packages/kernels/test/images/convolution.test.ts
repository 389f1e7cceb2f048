import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createImageKernels, createPlainKernels, localHost, type ConvolutionShape } from '../../src/index.js';
import {
  backwardGeometry,
  filterLength,
  forwardGeometry,
  inputLength,
  outputLength,
} from '../../src/images/convolution-shape.js';
import { convolution, convolutionFilterGradient } from '../../src/reference/convolution.js';
import { expectSameBits, loadVariants, seededNumbers } from '../parity/variants.js';
import { convolutionShapes, sameShape } from './shapes.js';

const numbers = (length: number, seed: number) => Float32Array.from(seededNumbers(length, seed));
const variants = await loadVariants();

describe.each(variants)('convolutions of the $name binary', ({ name, kernels: instance }) => {
  const kernels = createImageKernels(localHost(instance));
  const isPlain = name === 'plain';

  it('give the bits of the oracle, forwards and backwards', () => {
    fc.assert(fc.property(convolutionShapes, check), { numRuns: 150 });
  });

  it.each([1, 5, 16])('give them for the windows of a network with %i channels', (channels) => {
    check(sameShape(9, 7, channels, 16));
    check(sameShape(3, 8, channels, 1));
  });

  it('do nothing for no images but write a gradient of zeros', () => {
    const shape = sameShape(0, 4, 3, 5);
    const [none, filter] = [new Float32Array(0), numbers(135, 1)];
    kernels.convolve(shape, none, filter, none);
    kernels.convolveInputGradient(shape, none, filter, none);
    kernels.convolveFilterGradient(shape, none, none, filter);
    expectSameBits(filter, new Float32Array(135));
  });

  it('let NaN spoil only the windows that see it', () => {
    const shape = sameShape(1, 4, 1, 1);
    const x = new Float32Array(16);
    x[0] = NaN;
    const out = new Float32Array(16);
    kernels.convolve(shape, x, new Float32Array(9).fill(1), out);
    expect([...out].flatMap((value, k) => (Number.isNaN(value) ? [k] : []))).toEqual([0, 1, 4, 5]);
  });

  it('cut large batches into slabs without a trace in the images, and add the gradients of the slabs', () => {
    const one = { height: 2048, width: 1024, channels: 1, top: 0, left: 0, filterHeight: 1, filterWidth: 2 };
    const shape = { ...one, images: 9, strideY: 2000, strideX: 700, outHeight: 2, outWidth: 2, outputs: 1 };
    const x = new Float32Array(9 * 2048 * 1024);
    for (let row = 0; row < 9 * 2048; row++) x.fill(Math.sqrt(row), row * 1024, (row + 1) * 1024);
    const [filter, dy] = [numbers(2, 2), numbers(36, 3)];
    const [whole, part] = [new Float32Array(36), new Float32Array(4)];
    kernels.convolve(shape, x, filter, whole);
    kernels.convolve({ ...shape, images: 1 }, x.subarray(8 * 2048 * 1024), filter, part);
    expectSameBits(part, whole.subarray(32));
    const [total, first, last] = [new Float32Array(2), new Float32Array(2), new Float32Array(2)];
    kernels.convolveFilterGradient(shape, x, dy, total);
    kernels.convolveFilterGradient({ ...shape, images: 8 }, x.subarray(0, 8 * 2048 * 1024), dy.subarray(0, 32), first);
    kernels.convolveFilterGradient({ ...shape, images: 1 }, x.subarray(8 * 2048 * 1024), dy.subarray(32), last);
    expectSameBits(
      total,
      first.map((value, k) => value + last[k]),
    );
  });

  function check(shape: ConvolutionShape): void {
    const { images, outputs, channels } = shape;
    const x = numbers(inputLength(shape), 1);
    const filter = numbers(filterLength(shape), 2);
    const dy = numbers(outputLength(shape), 3);
    const [out, dx, dFilter] = [dy, x, filter].map((like) => new Float32Array(like.length).fill(-7));
    kernels.convolve(shape, x, filter, out);
    kernels.convolveInputGradient(shape, dy, filter, dx);
    kernels.convolveFilterGradient(shape, x, dy, dFilter);
    const turned = turn(filter, channels, outputs);
    const perLane = Math.ceil(images / 8);
    agree(out, convolution(forwardGeometry(shape), x, images, filter), filter.length / outputs);
    agree(dx, convolution(backwardGeometry(shape), dy, images, turned), turned.length / channels);
    const depth = images * shape.outHeight * shape.outWidth;
    agree(dFilter, convolutionFilterGradient(forwardGeometry(shape), x, dy, images, perLane), depth);
    // Convolution is linear in both: ⟨dy, x ∗ w⟩ = ⟨dx, x⟩ = ⟨dw, w⟩, here over sums of at most a few thousand terms below 1.
    const scale = 1e-5 * (1 + outputLength(shape));
    expect(Math.abs(dot(dy, out) - dot(dx, x))).toBeLessThan(scale);
    expect(Math.abs(dot(dy, out) - dot(dFilter, filter))).toBeLessThan(scale);
  }

  // All numbers are below 1: a sum of n products is off by at most n·(n + 3) roundings of 2⁻²⁴, fused or not.
  function agree(got: Float32Array, expected: Float32Array, terms: number): void {
    if (isPlain) return expectSameBits(got, expected);
    const bound = 2 * terms * (terms + 3) * 2 ** -24;
    expect(got.length).toBe(expected.length);
    expect(got.findIndex((value, k) => !(Math.abs(value - expected[k]) <= bound))).toBe(-1);
  }
});

describe('convolutions', () => {
  const kernels = createImageKernels(localHost(createPlainKernels()));
  const shape = sameShape(1, 3, 1, 1);
  const nine = () => new Float32Array(9);

  it('refuse sizes and arrays that do not fit', () => {
    const attempt = (changes: object, x: unknown = nine(), out: unknown = nine()) => {
      return () => kernels.convolve({ ...shape, ...changes }, x as Float32Array, nine(), out as Float32Array);
    };
    expect(attempt({ height: 0 })).toThrow('"shape.height" expected a whole number in [1, 1048576], got 0');
    expect(attempt({ strideX: 0.5 })).toThrow('"shape.strideX" expected a whole number');
    expect(attempt({ top: -1 })).toThrow('"shape.top" expected a whole number in [0, 1048576], got -1');
    expect(attempt({ dilation: 2 })).toThrow('"shape" expected only the options "images"');
    expect(attempt({}, new Float64Array(9))).toThrow('"x" expected a Float32Array, got a Float64Array of length 9');
    expect(attempt({}, new Float32Array(8))).toThrow('"x" expected length 9, got 8');
    expect(attempt({}, nine(), new Float32Array(10))).toThrow('"out" expected length 9, got 10');
    expect(() => kernels.convolveInputGradient(shape, nine(), new Float32Array(2), nine())).toThrow('"filter"');
    expect(() => kernels.convolveFilterGradient(shape, nine(), new Float32Array(2), nine())).toThrow('"dy"');
    expect(() => createImageKernels({} as never)).toThrow('"host" expected a place where kernels run');
  });

  it('work again after their memory was given back', () => {
    const own = createImageKernels(localHost(createPlainKernels()));
    const out = nine();
    own.convolve(shape, nine().fill(1), nine().fill(1), out);
    own.release();
    own.convolve(shape, nine().fill(1), nine().fill(1), out);
    expect([...out]).toEqual([4, 6, 4, 6, 9, 6, 4, 6, 4]);
  });
});

/** The filter of the way back, as a matrix: taps in reverse order, channels and outputs exchanged. */
function turn(filter: Float32Array, channels: number, outputs: number): Float32Array {
  const taps = filter.length / (channels * outputs);
  return filter.map((_, k) => {
    const [tap, o, c] = [Math.floor(k / (channels * outputs)), Math.floor(k / channels) % outputs, k % channels];
    return filter[((taps - 1 - tap) * channels + c) * outputs + o];
  });
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, k) => sum + value * b[k], 0);
}
