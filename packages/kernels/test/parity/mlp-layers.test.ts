import { describe, expect, it } from 'vitest';
import type { Kernels } from '../../src/index.js';
import { mlpAddGradient, mlpProduct } from '../../src/reference/mlp.js';
import { fromGroups, rowsFor, roundUp, toGroups } from './sample-groups.js';
import { expectSameBits, inArena, loadVariants, seededNumbers } from './variants.js';

const widths = [1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 64];
const counts = [...Array.from({ length: 17 }, (_, k) => k + 1), 64, 65, 512];
const variants = await loadVariants();

describe.each(variants)('dense layers of the $name binary', ({ name, kernels }) => {
  it.each(widths)('multiply like the oracle with %i inputs or outputs', (width) => {
    for (const other of widths) {
      checkProduct(9, width, other);
      checkProduct(9, other, width);
    }
  });

  it.each(counts)('multiply and sum gradients like the oracle over %i samples', (count) => {
    for (const width of widths) {
      checkProduct(count, width, 6);
      checkGradient(count, width, 6);
      checkGradient(count, 6, width);
    }
  });

  it('pack weights for the way back as the transposed matrix', () => {
    const [inputs, outputs] = [7, 6];
    const weights = Float32Array.from(seededNumbers(inputs * outputs, 1));
    const transposed = weights.map((_, i) => weights[(i % inputs) * outputs + Math.floor(i / inputs)]);
    const pack = (matrix: Float32Array, vectorStep: number, depthStep: number) =>
      inArena(kernels, () => tiles(kernels, matrix, inputs, vectorStep, outputs, depthStep).slice());
    expect(pack(weights, outputs, 1)).toEqual(pack(transposed, 1, inputs));
  });

  it('let NaN spoil only the sample that has it', () => {
    const x = Float32Array.of(1, NaN, 2, 3);
    expect(multiply(kernels, x, Float32Array.of(1, 1, 1, 2), 2, 2, 2)).toEqual(Float32Array.of(NaN, NaN, 5, 8));
  });

  function checkProduct(count: number, depth: number, outputs: number): void {
    const x = Float32Array.from(seededNumbers(count * depth, 1));
    const weights = Float32Array.from(seededNumbers(depth * outputs, 2));
    const got = multiply(kernels, x, weights, count, depth, outputs);
    compare(got, mlpProduct(x, weights, { count, depth, outputs }), depth);
  }

  function checkGradient(count: number, inputs: number, outputs: number): void {
    // The samples that fill the last group are zeros, which leave every sum as it is.
    const samples = roundUp(count, 8);
    const x = new Float32Array(samples * inputs);
    const delta = new Float32Array(samples * outputs);
    x.set(seededNumbers(count * inputs, 3));
    delta.set(seededNumbers(count * outputs, 4));
    const expected = new Float32Array(inputs * outputs);
    for (let call = 0; call < 2; call++) mlpAddGradient(x, delta, expected, { count: samples, inputs, outputs });
    compare(sumGradient(kernels, x, delta, samples, inputs, outputs), expected, 2 * count);
  }

  // The textbook bound for sums of so many products below 1.
  function compare(got: Float32Array, expected: Float32Array, terms: number): void {
    if (name === 'plain') expectSameBits(got, expected);
    const bound = (terms + 3) * 2 ** -24 * terms;
    expect(got.findIndex((value, i) => !(Math.abs(value - expected[i]) <= bound))).toBe(-1);
  }
});

function multiply(
  kernels: Kernels,
  x: Float32Array,
  weights: Float32Array,
  count: number,
  depth: number,
  outputs: number,
): Float32Array {
  const { arena, exports } = kernels;
  return inArena(kernels, () => {
    const [inRows, outRows] = [rowsFor(depth), rowsFor(outputs)];
    const groups = Math.ceil(count / 8);
    const packed = tiles(kernels, weights, outputs, 1, depth, outputs).byteOffset;
    const input = toGroups(kernels, x, count, depth, inRows);
    const output = arena.allocate(groups * outRows * 32 + 16);
    arena.float32(output, groups * outRows * 8 + 4).fill(-7);
    exports.mlpProduct(packed, depth, outputs, input, inRows, groups, output, outRows);
    expect([...arena.float32(output + groups * outRows * 32, 4)]).toEqual([-7, -7, -7, -7]);
    return fromGroups(kernels, output, count, outputs, outRows);
  });
}

/** The gradient of two equal calls. */
function sumGradient(
  kernels: Kernels,
  x: Float32Array,
  delta: Float32Array,
  samples: number,
  inputs: number,
  outputs: number,
): Float32Array {
  const { arena, exports } = kernels;
  return inArena(kernels, () => {
    const groups = samples / 8;
    const [xRows, deltaRows] = [rowsFor(inputs), rowsFor(outputs)];
    const [xAt, deltaAt] = [
      toGroups(kernels, x, samples, inputs, xRows),
      toGroups(kernels, delta, samples, outputs, deltaRows),
    ];
    const scratch = arena.allocate(exports.mlpGradientScratch(inputs, outputs, groups));
    const size = roundUp(inputs, 5) * roundUp(outputs, 8);
    const gradient = arena.allocate(4 * size);
    const out = arena.allocate(4 * inputs * outputs);
    const end = arena.allocate(16);
    arena.float32(end, 4).fill(-7);
    arena.float32(gradient, size).fill(0);
    for (let call = 0; call < 2; call++) {
      exports.mlpAddGradient(xAt, xRows, inputs, deltaAt, deltaRows, outputs, groups, gradient, scratch);
    }
    exports.mlpReadGradient(gradient, inputs, outputs, out);
    expect([...arena.float32(end, 4)]).toEqual([-7, -7, -7, -7]);
    return arena.float32(out, inputs * outputs).slice();
  });
}

function tiles(
  { arena, exports }: Kernels,
  matrix: Float32Array,
  count: number,
  vectorStep: number,
  depth: number,
  depthStep: number,
): Float32Array {
  const source = arena.allocate(matrix.byteLength);
  const size = roundUp(count, 5) * depth;
  const out = arena.allocate(4 * size);
  arena.float32(source, matrix.length).set(matrix);
  exports.mlpWeightTiles(source, count, vectorStep, depth, depthStep, out);
  return arena.float32(out, size);
}
