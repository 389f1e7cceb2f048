/**
 * Exact optimal transport by the primal network simplex, float64 throughout.
 *
 * A solve is one block of memory, named by its offset `at`, a multiple of 16. The side with more points are the
 * sources. `kind` says where costs come from: 0 squared Euclidean with block bounds (few coordinates), 1 a matrix, 2
 * squared Euclidean by rows, 3 Euclidean by rows, 4 a matrix of float32 entries, 5 a power of a p-norm by rows. Entries +∞
 * are forbidden pairs, which the plan avoids; the allowed ones must be able to carry the weights.
 */
export interface NetworkSimplexExports {
  /** Bytes that a solve takes, as an int32: shift right by 0 for the number. */
  networkSimplexBytes(sources: number, sinks: number, dim: number, kind: number): number;
  /**
   * Lays a solve out at `at` and writes its ids: position p of the input belongs to the caller's source (sink)
   * `ids[p]`.
   */
  networkSimplexPlace(at: number, sources: number, sinks: number, dim: number, kind: number): void;
  /**
   * Offset of an array. Input: 0 weights of the sources, in the caller's order, 1 of the sinks; in the order of the
   * ids: 2 points of the sources, 3 of the sinks, 4 costs; 5 and 6 the ids. Output: 7 source and 8 sink of each entry,
   * 9 its mass, 10 and 11 potentials.
   */
  networkSimplexAddress(at: number, which: number): number;
  /** Between place and begin, where `kind` is 5: the cost is ‖x − y‖_p^power, 1 ≤ p ≤ ∞ and power > 0. */
  networkSimplexSetNorm(at: number, p: number, power: number): void;
  /** Reads the input; weights must be > 0. */
  networkSimplexBegin(at: number): void;
  /** Works for about `budget` units of one or two nanoseconds; 1 when the plan is optimal. */
  networkSimplexAdvance(at: number, budget: number): number;
  /**
   * Begins and advances `count` solves of a table of 8 bytes each: the offset of the solve, and an int32 that is 0
   * before it was begun, 1 while it needs more rounds, 2 when its plan is optimal. A round is at most `slices` times
   * `budget` units; the bits are those of `networkSimplexBegin` and `networkSimplexAdvance`.
   */
  networkSimplexRound(table: number, count: number, slices: number, budget: number): void;
  /**
   * A number about the solve: 0 level (0 is the finest), 1 levels, 2 and 3 points of the level, 4 pivots, 5 whether a
   * plan of the finest level exists, 6 its cost in units of supply, 7 units in all, 8 phase, 9 arcs, 10 pricing rounds, 11 a
   * lower bound of the least cost in units, 12 what proves it (0 nothing, 1 a coarse level, 2 potentials).
   */
  networkSimplexNumber(at: number, which: number): number;
  /**
   * Writes the plan of the finest level, or that of a coarse level of merged points spread over them; returns the number
   * of entries, 0 where there is neither yet.
   */
  networkSimplexAnswer(at: number, massPerUnit: number): number;
  /**
   * Writes potentials; 3 the optimal ones, 2 feasible ones that give the lower bound, 1 those of a coarse level, without
   * a claim, 0 none yet.
   */
  networkSimplexPotentials(at: number): number;
  /**
   * Between begin and the first advance: start from potentials in slots 10 (`hasF`) or 11 (`hasG`), and from
   * `planCount` ≤ sources + sinks entries in slots 7 and 8, as near to a tree's order from its leaves as can be.
   */
  networkSimplexStartFrom(at: number, hasF: number, hasG: number, planCount: number): void;
  /** How many bytes from `at` on a snapshot of the solve takes, as an int32. */
  networkSimplexKeptBytes(at: number): number;
  /**
   * Instead of begin, where a snapshot was copied to `at` after the solve was placed and its input written; 1 where it
   * is done.
   */
  networkSimplexResume(at: number): number;
}
