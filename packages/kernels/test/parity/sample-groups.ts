import type { Kernels } from '../../src/index.js';

/** Rows of an array of so many features: a row of ones too, in whole tiles. */
export function rowsFor(features: number): number {
  return roundUp(features + 1, 5);
}

export function roundUp(count: number, step: number): number {
  return Math.ceil(count / step) * step;
}

/** Puts a row-major array into groups of eight samples; what is left over holds zeros. */
export function toGroups({ arena }: Kernels, x: Float32Array, count: number, dim: number, rows: number): number {
  const length = roundUp(count, 8) * rows;
  const offset = arena.allocate(4 * length);
  const groups = arena.float32(offset, length).fill(0);
  for (let i = 0; i < x.length; i++) groups[place(Math.floor(i / dim), i % dim, rows)] = x[i];
  return offset;
}

/** Takes a row-major array out of groups of eight samples. */
export function fromGroups({ arena }: Kernels, offset: number, count: number, dim: number, rows: number): Float32Array {
  const groups = arena.float32(offset, roundUp(count, 8) * rows);
  return Float32Array.from({ length: count * dim }, (_, i) => groups[place(Math.floor(i / dim), i % dim, rows)]);
}

function place(sample: number, k: number, rows: number): number {
  return (Math.floor(sample / 8) * rows + k) * 8 + (sample % 8);
}
