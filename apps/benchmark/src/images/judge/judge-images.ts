/**
 * The judge at work, in plain float64 arithmetic without engine: sums, products and comparisons only, so an image has the same features on
 * every machine. 0.9 million multiplications an image where ink is everywhere, a fraction where background is.
 */
import { CLASS_COUNT, FEATURE_COUNT, JUDGE_LAYERS, SIDE, type JudgeLayer } from './judge-shape.js';

/** What the judge sees in images. */
export interface JudgedImages {
  /** Shape [count, 64]. */
  features: Float64Array;
  /** Logarithms of the odds of each class, up to a constant an image; shape [count, 10]. */
  logits: Float64Array;
  /** The likeliest class of each image. */
  labels: Int32Array;
}

/**
 * Judges images as a picture would show them: grey values beyond black and white are cut off.
 *
 * @param parameters - of the judge
 * @param images - pixels from −1 (background) to 1 (ink), shape [count, 784]
 */
export function judgeImages(parameters: Float32Array, images: ArrayLike<number>): JudgedImages {
  const weights = Float64Array.from(parameters);
  const [first, second, dense, last] = JUDGE_LAYERS;
  const pixels = SIDE * SIDE;
  const count = images.length / pixels;
  const features = new Float64Array(count * FEATURE_COUNT);
  const labels = new Int32Array(count);
  const logits = new Float64Array(count * CLASS_COUNT);
  const ink = new Float64Array(pixels);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < pixels; k++) ink[k] = Math.min(1, Math.max(0, (images[i * pixels + k] + 1) / 2));
    const fine = halved(rectify(convolve(weights, first, ink, SIDE)), SIDE);
    const coarse = halved(rectify(convolve(weights, second, fine, SIDE / 2)), SIDE / 2);
    const own = features.subarray(i * FEATURE_COUNT, (i + 1) * FEATURE_COUNT);
    multiply(weights, dense, coarse, own);
    const odds = logits.subarray(i * CLASS_COUNT, (i + 1) * CLASS_COUNT);
    multiply(weights, last, rectify(own), odds);
    labels[i] = odds.indexOf(Math.max(...odds));
  }
  return { features, logits, labels };
}

/** A convolution of a square image, channels of a pixel side by side, with zeros around it. */
function convolve(
  weights: Float64Array,
  { shape, offset, biasOffset }: JudgeLayer,
  image: Float64Array,
  size: number,
): Float64Array {
  const [side, , inputs, outputs] = shape;
  const margin = (side - 1) / 2;
  const out = new Float64Array(size * size * outputs);
  for (let pixel = 0; pixel < size * size; pixel++) {
    for (let o = 0; o < outputs; o++) out[pixel * outputs + o] = weights[biasOffset + o];
  }
  // From every input to all outputs that it reaches: background is 0 and reaches none.
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      for (let channel = 0; channel < inputs; channel++) {
        const value = image[(row * size + column) * inputs + channel];
        if (value !== 0) scatter(row, column, channel, value);
      }
    }
  }
  return out;

  function scatter(row: number, column: number, channel: number, value: number): void {
    for (let a = 0; a < side; a++) {
      const y = row + margin - a;
      if (y < 0 || y >= size) continue;
      for (let b = 0; b < side; b++) {
        const x = column + margin - b;
        if (x < 0 || x >= size) continue;
        const from = offset + ((a * side + b) * inputs + channel) * outputs;
        const to = (y * size + x) * outputs;
        for (let o = 0; o < outputs; o++) out[to + o] += value * weights[from + o];
      }
    }
  }
}

/** Means of 2 × 2 pixels. */
function halved(image: Float64Array, size: number): Float64Array {
  const channels = image.length / (size * size);
  const half = size / 2;
  const out = new Float64Array(half * half * channels);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const to = ((row >> 1) * half + (column >> 1)) * channels;
      const from = (row * size + column) * channels;
      for (let c = 0; c < channels; c++) out[to + c] += image[from + c] / 4;
    }
  }
  return out;
}

function multiply(
  weights: Float64Array,
  { shape, offset, biasOffset }: JudgeLayer,
  input: Float64Array,
  out: Float64Array,
): void {
  const [inputs, outputs] = shape;
  for (let o = 0; o < outputs; o++) out[o] = weights[biasOffset + o];
  for (let k = 0; k < inputs; k++) {
    if (input[k] === 0) continue;
    for (let o = 0; o < outputs; o++) out[o] += input[k] * weights[offset + k * outputs + o];
  }
}

/** Negative entries become 0, in place. */
function rectify(values: Float64Array): Float64Array {
  for (let k = 0; k < values.length; k++) if (values[k] < 0) values[k] = 0;
  return values;
}
