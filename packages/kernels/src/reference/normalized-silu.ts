// The arithmetic of assembly/normalized-silu.ts, number by number, for one image: the plain binary gives the same bits.
import type { NormalizationGradients, NormalizationInputs, NormalizationShape } from '../images/normalization.js';

const { fround } = Math;

/** silu(normalized(x)·gain + bias). */
export function normalizedSilu(shape: Omit<NormalizationShape, 'images'>, inputs: NormalizationInputs): Float32Array {
  const { channels } = shape;
  const { means, slopes } = statistics(shape, inputs.x);
  return inputs.x.map((value, i) => {
    const c = i % channels;
    const z = fround(fround(fround(value - means[c]) * fround(slopes[c] * inputs.gain[c])) + inputs.bias[c]);
    return z * logistic(z);
  });
}

/** The gradients by x, gain and bias. */
export function normalizedSiluGradient(
  shape: Omit<NormalizationShape, 'images'>,
  { x, gain, bias }: NormalizationInputs,
  dy: Float32Array,
): NormalizationGradients {
  const { pixels, channels, groupSize } = shape;
  const { means, slopes } = statistics(shape, x);
  const scales = slopes.map((slope, c) => slope * gain[c]);
  const centred = x.map((value, i) => value - means[i % channels]);
  const dz = centred.map((value, i) => {
    const z = fround(fround(value * scales[i % channels]) + bias[i % channels]);
    const s = logistic(z);
    return dy[i] * fround(s * fround(fround(z * fround(1 - s)) + 1));
  });
  const sums = sumByChannel(dz, channels);
  const products = sumByChannel(
    dz.map((value, i) => value * centred[i]),
    channels,
  );
  const shares = new Float32Array(channels);
  const ownShares = new Float32Array(channels);
  for (let first = 0; first < channels; first += groupSize) {
    const slope = slopes[first];
    let mean = 0;
    let product = 0;
    for (let c = first; c < first + groupSize; c++) {
      mean += gain[c] * sums[c];
      product += gain[c] * products[c];
    }
    const count = pixels * groupSize;
    shares.fill((-slope * mean) / count, first, first + groupSize);
    ownShares.fill((-slope * slope * slope * product) / count, first, first + groupSize);
  }
  return {
    x: dz.map((value, i) => {
      const c = i % channels;
      return fround(value * scales[c]) + fround(fround(centred[i] * ownShares[c]) + shares[c]);
    }),
    gain: slopes.map((slope, c) => slope * products[c]),
    bias: Float32Array.from(sums),
  };
}

/** 1/(1 + e^−z). */
export function logistic(z: number): number {
  const x = Math.max(Math.min(-z, 87), -87);
  const shifted = fround(fround(x * fround(1.4426950408889634)) + 12582912);
  const n = fround(shifted - 12582912);
  const r = fround(fround(x - fround(n * 0.693359375)) - fround(n * fround(-0.00021219444)));
  let p = series[5];
  for (let k = 4; k >= 0; k--) p = fround(fround(p * r) + series[k]);
  const power = fround(fround(fround(p * r) + 1) * powerOfTwo(n));
  return fround(1 / fround(1 + power));
}

const series = Float32Array.of(
  ...[1, 0.5, 0.16666504740715027, 0.04166646674275398, 0.00836915522813797, 0.0013933649752289057],
);

/** 2^n for a whole n in [−126, 127], exactly. */
function powerOfTwo(n: number): number {
  return new Float32Array(Int32Array.of((n + 127) << 23).buffer)[0];
}

function statistics({ pixels, channels, groupSize, epsilon }: Omit<NormalizationShape, 'images'>, x: Float32Array) {
  const sums = sumByChannel(x, channels);
  const squares = sumByChannel(
    Float64Array.from(x, (value) => value * value),
    channels,
  );
  const means = new Float32Array(channels);
  const slopes = new Float32Array(channels);
  for (let first = 0; first < channels; first += groupSize) {
    let sum = 0;
    let square = 0;
    for (let c = first; c < first + groupSize; c++) {
      sum += sums[c];
      square += squares[c];
    }
    const count = pixels * groupSize;
    const mean = sum / count;
    const variance = Math.max(square / count - mean * mean, 0);
    means.fill(mean, first, first + groupSize);
    slopes.fill(1 / Math.sqrt(variance + epsilon), first, first + groupSize);
  }
  return { means, slopes };
}

function sumByChannel(values: Float32Array | Float64Array, channels: number): Float64Array {
  const sums = new Float64Array(channels);
  values.forEach((value, i) => (sums[i % channels] += value));
  return sums;
}
