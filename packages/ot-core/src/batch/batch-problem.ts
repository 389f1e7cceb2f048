// What one call is asked for: many transport problems, each checked before the first is solved.
import { checkOptions, describeValue, type NumericArray } from '@brenier/errors';
import { asPointCloud, type PointsInput } from '../geometry/as-point-cloud.js';
import type { Geometry, PointCloud, PointCost } from '../geometry/geometry.js';
import { geometryBetween } from '../geometry/point-clouds.js';
import { checkProblem } from '../problem/check-problem.js';
import { createTransportProblem } from '../problem/create-transport-problem.js';
import type { TransportProblem } from '../problem/transport-problem.js';
import { checkSolveMemory } from '../solver/network-simplex/simplex-memory.js';

/** A problem of a batch between two point clouds: the arguments of `emd(x, y, options)` as one object. */
export interface BatchPoints {
  /** n points, shape [n, dim], in any form of {@link PointsInput}. */
  readonly x: PointsInput;
  /** m points, shape [m, dim]. */
  readonly y: PointsInput;
  /** Masses of the rows, shape [n], >= 0. Default: equal masses with the total of `b`, else of total 1. */
  readonly a?: NumericArray;
  /** Masses of the columns, shape [m], >= 0. Default: equal masses with the total of `a`. */
  readonly b?: NumericArray;
  /** Cost of a unit of mass: a name or `{ p, power }`. Default `'squared-euclidean'`, which is ‖x−y‖² without ½. */
  readonly cost?: PointCost;
  /** Coordinates per point; needed where the points come as a flat array. */
  readonly dim?: number;
}

/** A problem of a batch for a given geometry: the arguments of `emd(geometry, options)` as one object. */
export interface BatchGeometry {
  /** Costs from {@link pointClouds} or {@link costMatrix}; not copied, so that problems may share it. */
  readonly geometry: Geometry;
  /** Masses of the rows, shape [rows], >= 0. Default: equal masses with the total of `b`, else of total 1. */
  readonly a?: NumericArray;
  /** Masses of the columns, shape [columns], >= 0. Default: equal masses with the total of `a`. */
  readonly b?: NumericArray;
}

/** One problem of a batch: points, a geometry, or a problem from {@link createTransportProblem}. */
export type BatchProblem = BatchPoints | BatchGeometry | TransportProblem;

/** A batch all of whose problems were checked. */
export interface CheckedBatch {
  /** Rows and columns of each problem together. */
  readonly sizes: Int32Array;
  /** Problem k. */
  at(k: number): TransportProblem;
}

/**
 * Checks all problems and keeps none: each is read again when its turn comes, so that a million small ones take no
 * memory beside what the caller holds. For whoever does not let go of the thread meanwhile.
 *
 * @throws TypeError or RangeError like `emd`, the name in the message beginning with `problems[k]`
 */
export function checkBatch(problems: readonly BatchProblem[]): CheckedBatch {
  const sizes = new Int32Array(checkArray(problems).length);
  for (let k = 0; k < sizes.length; k++) sizes[k] = sizeOf(readProblem(problems[k], k, asPointCloud));
  return { sizes, at: (k) => readProblem(problems[k], k, asPointCloud) };
}

/**
 * Checks and copies all problems. An array that occurs in several of them is copied once, so that all pairs of k clouds
 * take the memory of k.
 *
 * @throws as {@link checkBatch}
 */
export function copyBatch(problems: readonly BatchProblem[]): CheckedBatch {
  const readCloud = createCloudReader();
  const copies = Array.from(checkArray(problems), (each, k) => readProblem(each, k, readCloud));
  return { sizes: Int32Array.from(copies, sizeOf), at: (k) => copies[k] };
}

function checkArray(problems: readonly BatchProblem[]): readonly BatchProblem[] {
  if (Array.isArray(problems)) return problems;
  throw new TypeError(`"problems" expected an array of problems, got ${describeValue(problems)}`);
}

function sizeOf({ geometry }: TransportProblem): number {
  return geometry.rows + geometry.columns;
}

type CloudReader = (name: 'x' | 'y', input: PointsInput, dim: number | undefined) => PointCloud;

function createCloudReader(): CloudReader {
  const clouds = new Map<number | undefined, Map<PointsInput, PointCloud>>();
  return (name, input, dim) => {
    let ofDim = clouds.get(dim);
    if (!ofDim) clouds.set(dim, (ofDim = new Map()));
    let cloud = ofDim.get(input);
    if (!cloud) ofDim.set(input, (cloud = asPointCloud(name, input, dim)));
    return cloud;
  };
}

function readProblem(each: BatchProblem, k: number, readCloud: CloudReader): TransportProblem {
  const name = `problems[${k}]`;
  const problem = createProblem(name, each, readCloud);
  checkSolveMemory(name, problem);
  return problem;
}

function createProblem(name: string, each: BatchProblem, readCloud: CloudReader): TransportProblem {
  if (typeof each !== 'object' || each === null) {
    throw new TypeError(`"${name}" expected { x, y }, { geometry } or a problem, got ${describeValue(each)}`);
  }
  if ('isAssignment' in each) return checkProblem(name, each);
  if ('geometry' in each) checkOptions(name, each, ['geometry', 'a', 'b']);
  else checkOptions<BatchPoints>(name, each, ['x', 'y', 'a', 'b', 'cost', 'dim']);
  const { a, b } = each;
  return located(name, () => createTransportProblem(geometryOf(each, readCloud), { a, b }));
}

function geometryOf(each: BatchPoints | BatchGeometry, readCloud: CloudReader): Geometry {
  if ('geometry' in each) return each.geometry;
  const { x, y, cost = 'squared-euclidean', dim } = each;
  return geometryBetween(readCloud('x', x, dim), readCloud('y', y, dim), cost);
}

/** Guards name an argument, `"a" expected …`: here it is a part of a problem, `"problems[17].a" expected …`. */
function located<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    const Kind = error instanceof TypeError ? TypeError : RangeError;
    throw new Kind(error.message.replace(/^"/, `"${name}.`), { cause: error });
  }
}
