import { describe, expect, it } from 'vitest';
import { createImageKernels, localHost, type NormalizationShape } from '../../src/index.js';
import { logistic, normalizedSilu, normalizedSiluGradient } from '../../src/reference/normalized-silu.js';
import { expectSameBits, loadVariants, seededNumbers } from '../parity/variants.js';

const numbers = (length: number, seed: number, low = -1, high = 1) =>
  Float32Array.from(seededNumbers(length, seed, low, high));
const variants = await loadVariants();
const epsilon = 1e-5;

describe.each(variants)('normalization with SiLU of the $name binary', ({ name, kernels: instance }) => {
  const kernels = createImageKernels(localHost(instance));

  it.each([1, 2, 3, 5, 8, 49, 65])('gives the bits of the oracle for %i pixels', (pixels) => {
    for (const [channels, groupSize] of [
      [4, 1],
      [4, 4],
      [8, 8],
      [12, 3],
      [16, 8],
      [24, 2],
    ]) {
      check({ images: 3, pixels, channels, groupSize, epsilon });
    }
  });

  it('has mean 0 and variance 1 before gain and SiLU, also far from the origin', () => {
    const shape = { images: 1, pixels: 100, channels: 8, groupSize: 8, epsilon };
    // SiLU is the identity to float32 precision for arguments of about 100, to which the bias moves all.
    const x = numbers(800, 1, 1000, 1001);
    const inputs = { x, gain: new Float32Array(8).fill(1), bias: new Float32Array(8).fill(100) };
    const y = new Float32Array(800);
    kernels.normalizedSilu(shape, inputs, y);
    const mean = y.reduce((sum, value) => sum + value - 100, 0) / 800;
    const variance = y.reduce((sum, value) => sum + (value - 100) ** 2, 0) / 800 - mean ** 2;
    // Float32 rounds x by 3e-5 and its mean by as much, against a standard deviation of 0.29, and 100 by 4e-6.
    expect(Math.abs(mean)).toBeLessThan(3e-4);
    expect(Math.abs(variance - 1)).toBeLessThan(1e-3);
  });

  it('gives the bias where all values are equal', () => {
    const shape = { images: 1, pixels: 9, channels: 4, groupSize: 2, epsilon };
    const inputs = { x: new Float32Array(36).fill(3), gain: numbers(4, 1), bias: Float32Array.of(0, 1, -1, 2) };
    const y = new Float32Array(36);
    kernels.normalizedSilu(shape, inputs, y);
    const silu = [0, 0.7310585786300049, -0.2689414213699951, 1.7615941559557649]; // z / (1 + e^−z), in float64
    y.forEach((value, k) => expect(Math.abs(value - silu[k % 4])).toBeLessThan(2e-7));
  });

  it('gives NaN to the group of a NaN or an infinity, and to no other', () => {
    const shape = { images: 2, pixels: 3, channels: 8, groupSize: 4, epsilon };
    for (const poison of [NaN, Infinity, -Infinity]) {
      const x = numbers(48, 1);
      x[5] = poison;
      const y = new Float32Array(48);
      kernels.normalizedSilu(shape, { x, gain: numbers(16, 2), bias: numbers(16, 3) }, y);
      const isSpoilt = Array.from(y, (_, k) => k < 24 && k % 8 >= 4);
      expect(Array.from(y, Number.isNaN)).toEqual(isSpoilt);
    }
  });

  it('has the gradient that finite differences show', () => {
    const shape = { images: 2, pixels: 5, channels: 8, groupSize: 4, epsilon };
    const inputs = { x: numbers(80, 1), gain: numbers(16, 2), bias: numbers(16, 3) };
    const dy = numbers(80, 4);
    const out = { x: new Float32Array(80), gain: new Float32Array(16), bias: new Float32Array(16) };
    kernels.normalizedSiluGradient(shape, inputs, dy, out);
    for (const key of ['x', 'gain', 'bias'] as const) {
      const expected = differences(shape, inputs, dy, key);
      out[key].forEach((value, k) => expect(Math.abs(value - expected[k])).toBeLessThan(2e-6)); // float32
    }
  });

  function check(shape: NormalizationShape): void {
    const { images, pixels, channels } = shape;
    const [size, row] = [pixels * channels, channels];
    const inputs = {
      x: numbers(images * size, 1, -3, 5),
      gain: numbers(images * row, 2, -2, 2),
      bias: numbers(images * row, 3, -20, 20),
    };
    const dy = numbers(images * size, 4);
    const y = new Float32Array(images * size);
    const out = {
      x: new Float32Array(images * size),
      gain: new Float32Array(images * row),
      bias: new Float32Array(images * row),
    };
    kernels.normalizedSilu(shape, inputs, y);
    kernels.normalizedSiluGradient(shape, inputs, dy, out);
    for (let n = 0; n < images; n++) {
      const image = (values: Float32Array) => values.subarray(n * size, (n + 1) * size);
      const rows = (values: Float32Array) => values.subarray(n * row, (n + 1) * row);
      const own = { x: image(inputs.x), gain: rows(inputs.gain), bias: rows(inputs.bias) };
      const expected = normalizedSiluGradient(shape, own, image(dy));
      agree(image(y), normalizedSilu(shape, own));
      agree(image(out.x), expected.x);
      agree(rows(out.gain), expected.gain);
      agree(rows(out.bias), expected.bias);
    }
  }

  function agree(got: Float32Array, expected: Float32Array): void {
    if (name === 'plain') return expectSameBits(got, expected);
    // Only the logistic function may fuse: a few roundings of numbers whose sums over an image stay below 1000.
    got.forEach((value, k) => expect(Math.abs(value - expected[k])).toBeLessThan(1e-6 * (10 + Math.abs(expected[k]))));
  }
});

describe('the logistic function of the oracle', () => {
  it('is that of float64 to 3e-7 relative, and bounded beyond ±87', () => {
    for (let z = -86; z < 90; z += 0.037) {
      const exact = 1 / (1 + Math.exp(-Math.fround(z)));
      expect(Math.abs(logistic(Math.fround(z)) / exact - 1)).toBeLessThan(3e-7);
    }
    expect(logistic(1e30)).toBe(1);
    expect(logistic(-1e30)).toBe(logistic(-87));
  });
});

describe('normalization with SiLU', () => {
  it('refuses sizes and arrays that do not fit', () => {
    const kernels = createImageKernels(localHost(variants[0].kernels));
    const shape = { images: 1, pixels: 2, channels: 4, groupSize: 2, epsilon };
    const inputs = { x: new Float32Array(8), gain: new Float32Array(4), bias: new Float32Array(4) };
    const attempt = (changes: object, given: object = {}) => {
      return () => kernels.normalizedSilu({ ...shape, ...changes }, { ...inputs, ...given }, new Float32Array(8));
    };
    expect(attempt({ channels: 6 })).toThrow('"shape.channels" expected a multiple of 4, got 6');
    expect(attempt({ groupSize: 3 })).toThrow('"shape.groupSize" expected a divisor of 4, got 3');
    expect(attempt({ epsilon: 0 })).toThrow('"shape.epsilon" expected a finite number > 0, got 0');
    expect(attempt({ groups: 2 })).toThrow('"shape" expected only the options "images"');
    expect(attempt({}, { gain: new Float32Array(3) })).toThrow('"inputs.gain" expected length 4, got 3');
    expect(attempt({}, { x: [1] })).toThrow('"inputs.x" expected a Float32Array');
    const gradients = { ...inputs, x: new Float32Array(7) };
    expect(() => kernels.normalizedSiluGradient(shape, inputs, inputs.x, gradients)).toThrow(
      '"out.x" expected length 8',
    );
  });
});

/** Central differences of Σ dy · y, y by the formula in float64. */
function differences(
  shape: NormalizationShape,
  inputs: { x: Float32Array; gain: Float32Array; bias: Float32Array },
  dy: Float32Array,
  key: 'x' | 'gain' | 'bias',
): number[] {
  const exact = {
    x: Float64Array.from(inputs.x),
    gain: Float64Array.from(inputs.gain),
    bias: Float64Array.from(inputs.bias),
  };
  return Array.from(exact[key], (value, k) => {
    const at = (shifted: number) => {
      exact[key][k] = shifted;
      return objective(shape, exact, dy);
    };
    const slope = (at(value + 1e-5) - at(value - 1e-5)) / 2e-5;
    exact[key][k] = value;
    return slope;
  });
}

function objective(
  { images, pixels, channels, groupSize }: NormalizationShape,
  { x, gain, bias }: { x: Float64Array; gain: Float64Array; bias: Float64Array },
  dy: Float32Array,
): number {
  let total = 0;
  for (let n = 0; n < images; n++) {
    for (let first = 0; first < channels; first += groupSize) {
      const places = Array.from({ length: pixels * groupSize }, (_, k) => {
        const c = first + (k % groupSize);
        return { c, at: (n * pixels + Math.floor(k / groupSize)) * channels + c };
      });
      const mean = places.reduce((sum, { at }) => sum + x[at], 0) / places.length;
      const variance = places.reduce((sum, { at }) => sum + (x[at] - mean) ** 2, 0) / places.length;
      for (const { c, at } of places) {
        const z = ((x[at] - mean) / Math.sqrt(variance + epsilon)) * gain[n * channels + c] + bias[n * channels + c];
        total += (dy[at] * z) / (1 + Math.exp(-z));
      }
    }
  }
  return total;
}
