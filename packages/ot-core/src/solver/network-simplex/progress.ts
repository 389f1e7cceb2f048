/** What a running solve reports. */
export interface NetworkSimplexProgress {
  /** The level being solved, from 1, the coarsest. */
  readonly level: number;
  /** Levels in all; the last is the problem itself. */
  readonly levels: number;
  /** Rows and columns of the level. */
  readonly points: number;
  /** Pivots so far, over all levels. */
  readonly pivots: number;
  /** ⟨C,P⟩ of the present feasible plan; `undefined` before the last level has one. */
  readonly primal: number | undefined;
  /** No plan costs less; `undefined` before there is a bound. */
  readonly lowerBound: number | undefined;
}
