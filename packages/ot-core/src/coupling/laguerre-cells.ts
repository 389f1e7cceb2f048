// Which target a point goes to under a semidiscrete plan: the inner loop of everything about them.
import { log } from '@brenier/elementary';
import type { Kernels } from '@brenier/kernels';
import type { SemidiscretePlan } from './semidiscrete-plan.js';

/** Costs held at once: 4 MiB of float64. */
const BLOCK = 1 << 19;

/** Blocks of a thousand rows are long enough, however few targets there are. */
const FEWEST = 512;

/** A plan whose potential may change between calls, without that potential. */
export type CellTarget = Omit<SemidiscretePlan, 'g'>;

/** One row of a plan: what a point of the source sees of the target. */
interface CellRow {
  /** ‖x−y_j‖², shape [count]; a view that the next row overwrites. */
  readonly costs: Float64Array;
  /** P(y_j | x), shape [count], for ε > 0; empty for ε = 0. A view that the next row overwrites. */
  readonly shares: Float64Array;
  /** The target of the largest share; of ties the first. */
  readonly likeliest: number;
  /** The second best target; the only one where there is no other. */
  readonly runnerUp: number;
  /** How much worse the second best target is, in units of cost, at least 0; 0 for a single target. */
  readonly gap: number;
  /** f(x) = min_j ‖x−y_j‖² − g_j, the soft minimum for ε > 0. */
  readonly value: number;
}

/** Visits the row of each of some points, in order. */
export type RowVisitor = (points: Float64Array, g: Float64Array, visit: (i: number, row: CellRow) => void) => void;

/**
 * Makes the loop over rows: squared distances by a kernel, by blocks of rows, then one pass over each row.
 *
 * Takes memory from the arena, which the caller releases. Cost O(count · dim) a point, and for ε > 0 an exponential a
 * pair.
 */
export function createRowVisitor({ arena, exports }: Kernels, { target, b, epsilon }: CellTarget): RowVisitor {
  const { count, dim } = target;
  const rows = Math.max(1, Math.floor(BLOCK / Math.max(count, dim, FEWEST)));
  const at = {
    target: arena.allocate(count * dim * 8),
    points: arena.allocate(rows * dim * 8),
    costs: arena.allocate(rows * count * 8),
    shares: arena.allocate(epsilon > 0 ? count * 8 : 0),
    // As `pairwiseCosts64` asks for: a panel of y for every 8 columns, and an edge.
    scratch: arena.allocate(Math.ceil(count / 8) * 64 * dim + 128),
  };
  arena.float64(at.target, count * dim).set(target.points);
  const offsets = epsilon > 0 ? logarithmsOf({ arena, exports } as Kernels, b) : b;
  return (points, g, visit) => {
    // What a target adds to the exponent of every row.
    const tilts = epsilon > 0 ? offsets.map((offset, j) => g[j] / epsilon + offset) : g;
    for (let first = 0; first * dim < points.length; first += rows) {
      const some = points.subarray(first * dim, (first + rows) * dim);
      arena.float64(at.points, some.length).set(some);
      const height = some.length / dim;
      exports.pairwiseCosts64(at.points, height, at.target, count, dim, 0, at.costs, at.scratch);
      for (let i = 0; i < height; i++) {
        const costs = arena.float64(at.costs + i * count * 8, count);
        const shares = arena.float64(at.shares, epsilon > 0 ? count : 0);
        const soften = () => exports.exponential(at.shares, at.shares, count);
        visit(first + i, epsilon > 0 ? softRow(costs, tilts, shares, epsilon, soften) : hardRow(costs, g, shares));
      }
    }
  };
}

function logarithmsOf({ arena, exports }: Kernels, b: Float64Array): Float64Array {
  const mark = arena.mark();
  const offset = arena.allocate(b.byteLength);
  arena.float64(offset, b.length).set(b);
  exports.logarithm(offset, offset, b.length);
  const out = arena.float64(offset, b.length).slice();
  arena.release(mark);
  return out;
}

function hardRow(costs: Float64Array, g: Float64Array, shares: Float64Array): CellRow {
  let value = Infinity;
  let second = Infinity;
  let likeliest = 0;
  let runnerUp = 0;
  for (let j = 0; j < costs.length; j++) {
    const reduced = costs[j] - g[j];
    if (reduced >= second) continue;
    if (reduced < value) {
      second = value;
      runnerUp = likeliest;
      value = reduced;
      likeliest = j;
    } else {
      second = reduced;
      runnerUp = j;
    }
  }
  return { costs, shares, likeliest, runnerUp, gap: second === Infinity ? 0 : second - value, value };
}

function softRow(
  costs: Float64Array,
  tilts: Float64Array,
  shares: Float64Array,
  epsilon: number,
  exponentiate: () => void,
): CellRow {
  const factor = 1 / epsilon;
  let highest = -Infinity;
  let second = -Infinity;
  let likeliest = 0;
  let runnerUp = 0;
  for (let j = 0; j < costs.length; j++) {
    const exponent = tilts[j] - costs[j] * factor;
    shares[j] = exponent;
    if (exponent <= second) continue;
    if (exponent > highest) {
      second = highest;
      runnerUp = likeliest;
      highest = exponent;
      likeliest = j;
    } else {
      second = exponent;
      runnerUp = j;
    }
  }
  for (let j = 0; j < shares.length; j++) shares[j] -= highest;
  exponentiate();
  let sum = 0;
  for (let j = 0; j < shares.length; j++) sum += shares[j];
  const scale = 1 / sum;
  for (let j = 0; j < shares.length; j++) shares[j] *= scale;
  const gap = second === -Infinity ? 0 : epsilon * (highest - second);
  return { costs, shares, likeliest, runnerUp, gap, value: -epsilon * (highest + log(sum)) };
}
