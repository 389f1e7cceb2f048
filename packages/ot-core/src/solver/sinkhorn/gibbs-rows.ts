// The inner operation of Sinkhorn's iteration, one geometry at a time: rows of exp((g_j + ε log b_j − c_ij)/ε), scaled by their maximum.
import { exp, log } from '@brenier/elementary';
import { costBetween } from '../../geometry/cost-at.js';
import type { TransportProblem } from '../../problem/transport-problem.js';

/** Rows of the scaled Gibbs kernel T_ij = exp((g_j + ε log b_j − c_ij − M_i)/ε), M_i the largest exponent of row i, and their sums. */
export interface GibbsRows {
  /** Whether all rows are kept between calls, so that {@link rescale} may replace {@link build}. */
  readonly isStored: boolean;
  /** The most rows one call may take. */
  readonly blockRows: number;
  /** In: potential of the columns that {@link build} uses, shape [columns]. */
  readonly g: Float64Array;
  /** In: factor v_j of each column since the rows were built, shape [columns]. */
  readonly scaling: Float64Array;
  /** Out of {@link build}: −ε log Σ_j b_j exp((g_j − c_ij)/ε), shape [rows]. */
  readonly softMin: Float64Array;
  /** Out of {@link build} and {@link rescale}: s_i = Σ_j T_ij v_j, shape [rows]. */
  readonly sums: Float64Array;
  /** In: factor r_i of each row for {@link accumulate}, shape [rows]. */
  readonly factors: Float64Array;
  /** Σ_i r_i T_ij over all rows accumulated since it was cleared, shape [columns]; {@link scaling} is not applied. */
  readonly columnSums: Float64Array;
  /** Computes T for rows first … first + count − 1, with one exponential a pair; v must be 1. */
  build(first: number, count: number, epsilon: number): void;
  /** Sums stored rows again, for a new v: two operations a pair. */
  rescale(first: number, count: number): void;
  /** Adds rows to the column sums; the rows must be the last ones built, or stored. */
  accumulate(first: number, count: number): void;
  /** Frees the memory. */
  dispose(): void;
}

/** Terms below e^−690 of the largest count as this, which is far below what any sum can notice, and not yet subnormal. */
const LOWEST_EXPONENT = -690;

/** Rows of a geometry. They are all kept where they fit into `memoryLimit` bytes. */
export function createGibbsRows({ geometry, b }: TransportProblem, memoryLimit: number): GibbsRows {
  const { rows, columns } = geometry;
  const isStored = rows * columns * 8 <= memoryLimit;
  const blockRows = Math.max(1, Math.min(64, Math.floor(32768 / columns)));
  const terms = new Float64Array((isStored ? rows : blockRows) * columns);
  const logWeights = b.map((each) => log(each));
  const g = new Float64Array(columns);
  const scaling = new Float64Array(columns).fill(1);
  const softMin = new Float64Array(rows);
  const sums = new Float64Array(rows);
  const factors = new Float64Array(rows);
  const columnSums = new Float64Array(columns);
  const offsetOf = (i: number, first: number): number => (isStored ? i : i - first) * columns;
  return {
    isStored, blockRows, g, scaling, softMin, sums, factors, columnSums,
    build(first, count, epsilon) {
      for (let i = first; i < first + count; i++) {
        const offset = offsetOf(i, first);
        let highest = -Infinity;
        for (let j = 0; j < columns; j++) {
          const exponent = (g[j]! - costBetween(geometry, i, j)) / epsilon + logWeights[j]!;
          terms[offset + j] = exponent;
          if (exponent > highest) highest = exponent;
        }
        let sum = 0;
        for (let j = 0; j < columns; j++) {
          const term = exp(Math.max(LOWEST_EXPONENT, terms[offset + j]! - highest));
          terms[offset + j] = term;
          sum += term;
        }
        sums[i] = sum;
        softMin[i] = -epsilon * (highest + log(sum));
      }
    },
    rescale(first, count) {
      for (let i = first; i < first + count; i++) {
        const offset = offsetOf(i, first);
        let sum = 0;
        for (let j = 0; j < columns; j++) sum += terms[offset + j]! * scaling[j]!;
        sums[i] = sum;
      }
    },
    accumulate(first, count) {
      for (let i = first; i < first + count; i++) {
        const offset = offsetOf(i, first);
        const factor = factors[i]!;
        for (let j = 0; j < columns; j++) columnSums[j] = columnSums[j]! + factor * terms[offset + j]!;
      }
    },
    dispose: () => undefined,
  };
}
