/**
 * Exact optimal transport by the primal network simplex, float64 throughout.
 *
 * A solve is one block of memory, named by its offset `at`, a multiple of 16. The side with more points are the
 * sources. `kind` says where costs come from: 0 squared Euclidean with block bounds (few coordinates), 1 a matrix, 2
 * squared Euclidean by rows, 3 Euclidean by rows, 4 a matrix of float32 entries.
 * Entries +∞ are forbidden pairs, which the plan avoids; the allowed ones must be able to carry the weights.
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
   * plan of the finest level exists, 6 its cost in units of supply, 7 units in all, 8 phase, 9 arcs, 10 pricing rounds.
   */
  networkSimplexNumber(at: number, which: number): number;
  /** Writes the plan and the potentials of the finest level; returns the number of entries. */
  networkSimplexAnswer(at: number, massPerUnit: number): number;
}
