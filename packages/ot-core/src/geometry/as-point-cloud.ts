// Every way to write down a finite set of points, turned into one: a private row-major Float64Array.
import {
  checkFiniteArray,
  checkInteger,
  checkLength,
  checkNumericArray,
  describeValue,
  type NumericArray,
} from '@brenier/errors';
import type { PointCloud } from './geometry.js';

/** Numbers with a shape, row-major: `[count, dim]`, or `[count]` for points on the line. */
export interface ShapedPoints {
  /** The coordinates, row-major. */
  readonly data: NumericArray;
  /** `[count, dim]` or `[count]`. */
  readonly shape: readonly number[];
}

/** A point cloud whose coordinates may be any array of numbers. */
export interface PointCloudLike {
  /** Coordinates, row-major: coordinate k of point i is `points[i * dim + k]`. */
  readonly points: NumericArray;
  /** Number of points. */
  readonly count: number;
  /** Coordinates per point. */
  readonly dim: number;
}

/**
 * A finite set of points: a point cloud, rows of coordinates, numbers with a shape, or a flat row-major array
 * together with the option `dim`.
 */
export type PointsInput = PointCloudLike | ShapedPoints | NumericArray | readonly NumericArray[];

/**
 * Reads points in any accepted form into a {@link PointCloud} of its own.
 *
 * The coordinates are always copied: the input is neither changed nor aliased. Cost O(count · dim).
 *
 * @param name - the argument's name, quoted in error messages
 * @param input - at least one point: `{ points, count, dim }`; rows of equal length; `{ data, shape }`; or a flat
 *   row-major array, whose `dim` must be given (`dim: 1` for numbers on the line)
 * @param dim - coordinates per point; required for a flat array, checked against the input otherwise
 * @returns the points as float64, shape [count, dim]
 * @throws TypeError where the input has none of these forms or a coordinate is not a number; RangeError where there is
 *   no point, rows differ in length, a length or dimension does not fit, or a coordinate is NaN or infinite
 *
 * @example
 * The same two points of the plane, written as rows and as a flat array.
 * ```ts
 * import { asPointCloud } from '@brenier/ot-core';
 *
 * asPointCloud('x', [[0, 1], [2, 3]]).dim; // => 2
 * asPointCloud('x', [0, 1, 2, 3], 2).count; // => 2
 * ```
 */
export function asPointCloud(name: string, input: PointsInput, dim?: number): PointCloud {
  const expectedDim = dim === undefined ? undefined : checkInteger('dim', dim, 1);
  const cloud = read(name, input, expectedDim);
  if (expectedDim !== undefined && cloud.dim !== expectedDim) {
    throw new RangeError(`"${name}" expected points of dimension ${expectedDim}, got dimension ${cloud.dim}`);
  }
  return cloud;
}

function read(name: string, input: PointsInput, dim: number | undefined): PointCloud {
  if (isRows(input)) return readRows(name, input);
  if (Array.isArray(input) || ArrayBuffer.isView(input)) return readFlat(name, checkNumericArray(name, input), dim);
  if (typeof input === 'object' && input !== null && 'shape' in input) return readShaped(name, input);
  if (typeof input === 'object' && input !== null && 'points' in input) return readCloud(name, input);
  throw new TypeError(
    `"${name}" expected a point cloud, rows, a flat array or { data, shape }, got ${describeValue(input)}`,
  );
}

function isRows(input: unknown): input is readonly NumericArray[] {
  return Array.isArray(input) && (Array.isArray(input[0]) || ArrayBuffer.isView(input[0]));
}

function readRows(name: string, rows: readonly NumericArray[]): PointCloud {
  const dim = rows[0].length;
  const points = new Float64Array(rows.length * checkInteger(`${name}[0].length`, dim, 1));
  for (let i = 0; i < rows.length; i++) {
    const rowName = `${name}[${i}]`;
    points.set(checkFiniteArray(rowName, checkLength(rowName, checkNumericArray(rowName, rows[i]), dim)), i * dim);
  }
  return { points, count: rows.length, dim };
}

function readFlat(name: string, data: NumericArray, dim: number | undefined): PointCloud {
  if (data.length === 0) throw new RangeError(`"${name}" expected at least one point, got none`);
  if (dim === undefined) {
    throw new RangeError(
      `"${name}" expected the option "dim" beside a flat array (1 for numbers on the line), got none`,
    );
  }
  if (data.length % dim !== 0) {
    throw new RangeError(`"${name}" expected a length that is a multiple of dim = ${dim}, got ${data.length}`);
  }
  return { points: copyOf(name, data), count: data.length / dim, dim };
}

function readShaped(name: string, { data, shape }: ShapedPoints): PointCloud {
  if (!Array.isArray(shape) || shape.length < 1 || shape.length > 2) {
    throw new RangeError(`"${name}.shape" expected [count, dim] or [count], got ${describeValue(shape)}`);
  }
  const count = checkInteger(`${name}.shape[0]`, shape[0], 1);
  const dim = shape.length === 1 ? 1 : checkInteger(`${name}.shape[1]`, shape[1], 1);
  const values = checkLength(`${name}.data`, checkNumericArray(`${name}.data`, data), count * dim);
  return { points: copyOf(`${name}.data`, values), count, dim };
}

function readCloud(name: string, { points, count, dim }: PointCloudLike): PointCloud {
  checkInteger(`${name}.count`, count, 1);
  checkInteger(`${name}.dim`, dim, 1);
  const values = checkLength(`${name}.points`, checkNumericArray(`${name}.points`, points), count * dim);
  return { points: copyOf(`${name}.points`, values), count, dim };
}

function copyOf(name: string, values: NumericArray): Float64Array {
  return new Float64Array(checkFiniteArray(name, values));
}
