// The inner operation of Sinkhorn's iteration: rows of the Gibbs kernel in WebAssembly memory, whatever the geometry.
import { log } from '@brenier/elementary';
import { type Arena, type KernelExports, type Kernels, leaseKernels, returnKernels } from '@brenier/kernels';
import { hasForbiddenPairs } from '../../geometry/forbidden-pairs.js';
import type { MatrixGeometry, PointCloudGeometry } from '../../geometry/geometry.js';
import type { NormPower } from '../../geometry/norm-cost.js';
import type { TransportProblem } from '../../problem/transport-problem.js';

/**
 * Rows T_ij = b_j exp((g_j − c_ij)/ε) over the largest term M_i of the row, and their sums. Views of one leased
 * memory.
 */
export interface GibbsRows {
  /** Whether all rows are kept between calls, so that {@link GibbsRows.rescale} may replace {@link GibbsRows.build}. */
  readonly isStored: boolean;
  /** In: the potential of the columns that {@link GibbsRows.build} uses, shape [columns]. */
  readonly g: Float64Array;
  /** In: factor v_j of each column since the rows were built, shape [columns]. */
  readonly scaling: Float64Array;
  /** Out of {@link GibbsRows.build}: −ε log Σ_j b_j exp((g_j − c_ij)/ε), shape [rows]. */
  readonly softMin: Float64Array;
  /** Out of {@link GibbsRows.build} (v = 1) and {@link GibbsRows.rescale}: s_i = Σ_j T_ij v_j, shape [rows]. */
  readonly sums: Float64Array;
  /** In: factor r_i of each row for {@link GibbsRows.accumulate}, shape [rows]. */
  readonly factors: Float64Array;
  /** Σ_i r_i T_ij over the rows accumulated since it was cleared, shape [columns]; v is not applied. */
  readonly columnSums: Float64Array;
  /** The most rows one call of `build` (true) or `rescale` (false) should take: what the memory or the cache holds. */
  blockOf(isBuilding: boolean): number;
  /** Computes T for rows first … first + count − 1: a cost and an exponential a pair. */
  build(first: number, count: number, epsilon: number): void;
  /** Sums stored rows again for a new v: two operations a pair. */
  rescale(first: number, count: number): void;
  /** Adds rows to the column sums; they must be stored, or the last ones built. */
  accumulate(first: number, count: number): void;
  /** T of rows that are stored, or the last ones built, shape [count, stride]; the columns behind the last are padding. */
  terms(first: number, count: number): Float64Array;
  /** Distance between the rows of {@link GibbsRows.terms}, at least the number of columns. */
  readonly stride: number;
  /** Gives the memory back. */
  dispose(): void;
}

/**
 * Terms in one block: 1 MiB to build, where exponentials dominate; a quarter to rescale, to be read twice from the
 * cache.
 */
const BUILT_TERMS = 1 << 17;
const RESCALED_TERMS = 1 << 15;

/** Writes T for some rows at byte offset `terms`, and their soft-mins and sums. */
type BuildRows = (first: number, count: number, epsilon: number, terms: number) => void;

/** Byte offsets of the arrays that the kernels read and write. */
interface Offsets {
  readonly g: number;
  readonly logWeights: number;
  readonly softMin: number;
  readonly sums: number;
  readonly scratch: number;
}

/** Rows of a problem. All are kept where they fit into `memoryLimit` bytes. */
export function createGibbsRows(problem: Pick<TransportProblem, 'geometry' | 'b'>, memoryLimit: number): GibbsRows {
  const { geometry, b } = problem;
  const { rows, columns } = geometry;
  const stride = paddedLength(columns);
  const isStored = rows * stride * 8 <= memoryLimit;
  const builtRows = Math.min(rows, Math.max(1, Math.floor(BUILT_TERMS / stride)));
  const rescaledRows = Math.max(1, Math.floor(RESCALED_TERMS / stride));
  const kernels = leaseKernels();
  const { arena, exports } = kernels;
  const allocate = (length: number): number => arena.allocate(length * 8);
  const dim = geometry.kind === 'matrix' ? 0 : geometry.x.dim;
  const offsets: Offsets = {
    g: allocate(columns),
    logWeights: allocate(columns),
    softMin: allocate(rows),
    sums: allocate(rows),
    scratch: allocate((2 + dim) * stride),
  };
  const scaling = allocate(stride);
  const factors = allocate(rows);
  const columnSums = allocate(stride);
  const terms = allocate((isStored ? rows : builtRows) * stride);
  const buildRows = rowBuilder(kernels, problem, offsets);
  // Everything is allocated: from here on no view is detached.
  arena.float64(offsets.logWeights, columns).set(b.map((each) => log(each)));
  arena.float64(scaling, stride).fill(0);
  const termsAt = (first: number): number => (isStored ? terms + first * stride * 8 : terms);
  return {
    isStored,
    ...viewsOf(arena, rows, columns, { ...offsets, scaling, factors, columnSums }),
    blockOf: (isBuilding) => (isBuilding ? builtRows : rescaledRows),
    build: (first, count, epsilon) => buildRows(first, count, epsilon, termsAt(first)),
    rescale: (first, count) => exports.gibbsRowSums(termsAt(first), count, columns, scaling, offsets.sums + first * 8),
    accumulate: (first, count) => {
      exports.gibbsColumnSums(termsAt(first), count, columns, factors + first * 8, columnSums);
    },
    terms: (first, count) => arena.float64(termsAt(first), count * stride),
    stride,
    dispose: () => returnKernels(kernels),
  };
}

function viewsOf(
  arena: Arena,
  rows: number,
  columns: number,
  at: Offsets & { readonly scaling: number; readonly factors: number; readonly columnSums: number },
): Pick<GibbsRows, 'g' | 'scaling' | 'softMin' | 'sums' | 'factors' | 'columnSums'> {
  return {
    g: arena.float64(at.g, columns),
    scaling: arena.float64(at.scaling, columns),
    softMin: arena.float64(at.softMin, rows),
    sums: arena.float64(at.sums, rows),
    factors: arena.float64(at.factors, rows),
    columnSums: arena.float64(at.columnSums, paddedLength(columns)),
  };
}

/**
 * How each geometry supplies its costs: points are copied once and measured on the way, a matrix row by row into the
 * terms.
 */
function rowBuilder(
  kernels: Kernels,
  { geometry, b }: Pick<TransportProblem, 'geometry' | 'b'>,
  offsets: Offsets,
): BuildRows {
  return geometry.kind === 'matrix'
    ? matrixBuilder(kernels, geometry, b, offsets)
    : pointBuilder(kernels, geometry, offsets);
}

function matrixBuilder({ arena, exports }: Kernels, geometry: MatrixGeometry, b: Float64Array, at: Offsets): BuildRows {
  const { costs, columns } = geometry;
  const isCutOff = rowsCutOff(geometry, b);
  const stride = paddedLength(columns);
  return (first, count, epsilon, terms) => {
    const target = arena.float64(terms, count * stride);
    for (let i = 0; i < count; i++) {
      const from = (first + i) * columns;
      if (isCutOff[first + i]) target.fill(0, i * stride, i * stride + columns);
      else target.set(costs.subarray(from, from + columns), i * stride);
    }
    const row = first * 8;
    exports.gibbsRows(terms, count, columns, at.g, at.logWeights, epsilon, at.softMin + row, at.sums + row, at.scratch);
  };
}

/**
 * Rows without an allowed column that has mass. A feasible problem gives them no mass, so that any costs serve, and
 * finite ones keep their soft-min finite.
 */
function rowsCutOff(geometry: MatrixGeometry, b: Float64Array): Uint8Array {
  const isCutOff = new Uint8Array(geometry.rows);
  if (!hasForbiddenPairs(geometry)) return isCutOff;
  return isCutOff.map((_, i) => {
    const from = i * geometry.columns;
    return Number(b.every((mass, j) => mass === 0 || geometry.costs[from + j] === Infinity));
  });
}

function pointBuilder({ arena, exports }: Kernels, { x, y, cost }: PointCloudGeometry, at: Offsets): BuildRows {
  const dim = x.dim;
  const source = arena.allocate(x.points.byteLength);
  const target = arena.allocate(y.points.byteLength);
  arena.float64(source, x.points.length).set(x.points);
  arena.float64(target, y.points.length).set(y.points);
  if (typeof cost === 'object') return normBuilder(exports, { source, target, columns: y.count, dim, ...cost }, at);
  const kind = cost === 'euclidean' ? 1 : 0;
  return (first, count, epsilon, terms) => {
    const row = first * 8;
    const points = source + row * dim;
    const { g, logWeights, softMin, sums, scratch } = at;
    exports.gibbsRowsPoints(
      points,
      count,
      target,
      y.count,
      dim,
      kind,
      g,
      logWeights,
      epsilon,
      terms,
      softMin + row,
      sums + row,
      scratch,
    );
  };
}

/** Costs first, then terms in their place. */
function normBuilder(
  exports: KernelExports,
  {
    source,
    target,
    columns,
    dim,
    p,
    power,
  }: NormPower & Readonly<Record<'source' | 'target' | 'columns' | 'dim', number>>,
  { g, logWeights, softMin, sums, scratch }: Offsets,
): BuildRows {
  const stride = paddedLength(columns);
  return (first, count, epsilon, terms) => {
    const row = first * 8;
    exports.normCosts(source + row * dim, count, target, columns, dim, p, power, terms, stride);
    exports.gibbsRows(terms, count, columns, g, logWeights, epsilon, softMin + row, sums + row, scratch);
  };
}

/** The kernels' distance between rows: a multiple of 8. */
function paddedLength(columns: number): number {
  return Math.ceil(columns / 8) * 8;
}
