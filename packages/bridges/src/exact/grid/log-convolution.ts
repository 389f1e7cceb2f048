/**
 * Sums over a grid with a separable Gaussian kernel, in and out as logarithms: the one operation of a bridge on a grid. Before an axis
 * is summed each line is divided by its largest entry, so that only what is 1e300 times smaller than the largest of its own line is
 * lost, while lines may differ by any factor. That keeps the n³ products of the plain method and needs n² exponentials and
 * logarithms. It fails, by a sum of 0, where the kernel itself underflows over the whole line: beyond 37 standard deviations.
 */
import { exp, log } from '@brenier/elementary';
import type { AxisKernel } from './axis-kernel.js';
import { transposed } from './plane-grid.js';

/**
 * log Σ_kl X_ik Y_jl exp(L_kl).
 *
 * @param logs - L, shape [X.inputs, Y.inputs]; −Infinity for no mass
 * @param x - kernel of the first axis
 * @param y - kernel of the second axis
 * @returns the logarithms, shape [X.outputs, Y.outputs]
 */
export function logConvolution(logs: Float64Array, x: AxisKernel, y: AxisKernel): Float64Array {
  const { lines, largest } = sumSecondAxis(logs, x.inputs, y);
  const sums = sumFirstAxis(lines, x, y.outputs);
  for (let i = 0; i < x.outputs; i++) {
    for (let j = 0; j < y.outputs; j++) sums[i * y.outputs + j] = log(sums[i * y.outputs + j]) + largest[j];
  }
  return sums;
}

/** A sum and where its mass lies. */
export interface ConvolutionMoments {
  /** Logarithms of the sums, shape [X.outputs, Y.outputs]. */
  readonly logs: Float64Array;
  /** Mean of the first coordinate of what is summed, less that of the output node; 0 where there is no mass. */
  readonly shiftX: Float64Array;
  /** The same for the second coordinate. */
  readonly shiftY: Float64Array;
}

/** {@link logConvolution}, with the means of what is summed: twice the cost. */
export function convolutionMoments(logs: Float64Array, x: AxisKernel, y: AxisKernel): ConvolutionMoments {
  const alongX = firstAxisMoments(logs, x, y);
  const alongY = firstAxisMoments(transposed(logs, x.inputs, y.inputs), y, x);
  return { logs: alongX.logs, shiftX: alongX.shift, shiftY: transposed(alongY.shift, y.outputs, x.outputs) };
}

function firstAxisMoments(logs: Float64Array, x: AxisKernel, y: AxisKernel) {
  const { lines, largest } = sumSecondAxis(logs, x.inputs, y);
  const shift = sumFirstAxis(lines, { ...x, weights: shiftedWeights(x) }, y.outputs);
  const sums = sumFirstAxis(lines, x, y.outputs);
  for (let i = 0; i < x.outputs; i++) {
    for (let j = 0; j < y.outputs; j++) {
      const at = i * y.outputs + j;
      shift[at] = sums[at] > 0 ? shift[at] / sums[at] : 0;
      sums[at] = log(sums[at]) + largest[j];
    }
  }
  return { logs: sums, shift };
}

/** The weights times (from − at). */
function shiftedWeights({ weights, at, from }: AxisKernel): Float64Array {
  return weights.map((weight, entry) => {
    const k = entry % from.length;
    return weight * (from[k] - at[(entry - k) / from.length]);
  });
}

/** Sums each row k over l; the result, shape [inputs, outputs], is divided column by column by e^largest, its largest entry. */
function sumSecondAxis(logs: Float64Array, lineCount: number, y: AxisKernel) {
  const { inputs, outputs, weights, first, end } = y;
  const lines = new Float64Array(lineCount * outputs);
  const line = new Float64Array(inputs);
  for (let k = 0; k < lineCount; k++) {
    let top = -Infinity;
    for (let l = 0; l < inputs; l++) top = Math.max(top, logs[k * inputs + l]);
    if (top === -Infinity) {
      lines.fill(-Infinity, k * outputs, (k + 1) * outputs);
      continue;
    }
    for (let l = 0; l < inputs; l++) line[l] = exp(logs[k * inputs + l] - top);
    for (let j = 0; j < outputs; j++) {
      lines[k * outputs + j] = log(dot(weights, j * inputs, line, first[j], end[j])) + top;
    }
  }
  return { lines, largest: divideColumns(lines, lineCount, outputs) };
}

/** Σ weights[offset + l]·line[l] over first ≤ l < end; four sums, so that no addition waits for the last. */
function dot(weights: Float64Array, offset: number, line: Float64Array, first: number, end: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let l = first;
  for (; l + 3 < end; l += 4) {
    a += weights[offset + l] * line[l];
    b += weights[offset + l + 1] * line[l + 1];
    c += weights[offset + l + 2] * line[l + 2];
    d += weights[offset + l + 3] * line[l + 3];
  }
  for (; l < end; l++) a += weights[offset + l] * line[l];
  return a + b + (c + d);
}

function divideColumns(lines: Float64Array, lineCount: number, outputs: number): Float64Array {
  const largest = new Float64Array(outputs).fill(-Infinity);
  for (let k = 0; k < lineCount; k++) {
    for (let j = 0; j < outputs; j++) largest[j] = Math.max(largest[j], lines[k * outputs + j]);
  }
  for (let j = 0; j < outputs; j++) if (largest[j] === -Infinity) largest[j] = 0;
  for (let k = 0; k < lineCount; k++) {
    for (let j = 0; j < outputs; j++) lines[k * outputs + j] = exp(lines[k * outputs + j] - largest[j]);
  }
  return largest;
}

function sumFirstAxis(lines: Float64Array, x: AxisKernel, lineLength: number): Float64Array {
  const { inputs, outputs, weights, first, end } = x;
  const sums = new Float64Array(outputs * lineLength);
  for (let i = 0; i < outputs; i++) {
    const start = i * lineLength;
    for (let k = first[i]; k < end[i]; k++) {
      const weight = weights[i * inputs + k];
      const from = k * lineLength;
      for (let j = 0; j < lineLength; j++) sums[start + j] += weight * lines[from + j];
    }
  }
  return sums;
}
