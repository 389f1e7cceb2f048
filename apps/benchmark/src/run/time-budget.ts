/** Shares the training time of a run among its cells; what a quick cell leaves over goes to those after it. */

/** The time of a run. Times in seconds. */
export interface TimeBudget {
  /** Starts the next cell: the time it may take. */
  start(cell: string): number;
  /** Ends a cell. */
  end(cell: string): void;
}

/**
 * Makes a budget; its clock starts with the first cell.
 *
 * @param seconds - wall-clock time of all cells; `Infinity` leaves every cell without a limit
 * @param cells - how many there are
 * @param threads - how many run at once
 * @param now - the clock, in seconds
 */
export function timeBudget(seconds: number, cells: number, threads: number, now: () => number): TimeBudget {
  if (seconds === Infinity) return { start: () => Infinity, end: () => undefined };
  const lanes = Math.min(threads, cells);
  const endOf = new Map<string, number>();
  let deadline: number | undefined;
  let waiting = cells;
  return {
    start(cell) {
      const time = now();
      deadline ??= time + seconds;
      const remaining = Math.max(0, deadline - time);
      const taken = [...endOf.values()].reduce((sum, end) => sum + Math.max(0, end - time), 0);
      const share = Math.min(remaining, Math.max(0, lanes * remaining - taken) / waiting);
      waiting--;
      endOf.set(cell, time + share);
      return share;
    },
    end(cell) {
      endOf.delete(cell);
    },
  };
}
