/** How much longer a run takes, from the cells that are done. */

/** Foretells the end of a run. Times in seconds. */
export interface Forecast {
  /** Tells how far an order is, from 0 to 1; the first word of it is its beginning. Orders that are not among `kinds` do not count. */
  advance(order: string, fraction: number): void;
  /** Tells of an order that ends. */
  end(order: string): void;
  /** Seconds until the last order ends; `undefined` while nothing is known. */
  secondsLeft(): number | undefined;
}

/**
 * Makes a forecast. An order takes as long as those of its kind that are done, on average; where none is, as long as one of its
 * kind that is under way seems to take; where that too is unknown, as long as the known kinds on average. As many run at once as now.
 *
 * @param kinds - order → its kind, for example its method
 * @param now - the clock, in seconds
 */
export function forecast(kinds: ReadonlyMap<string, string>, now: () => number): Forecast {
  const waiting = new Set(kinds.keys());
  const running = new Map<string, { start: number; fraction: number }>();
  const spent = new Map<string, number[]>();

  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value / values.length, 0);
  const durations = (time: number): Map<string, number> => {
    const known = new Map([...spent].map(([kind, times]) => [kind, mean(times)]));
    for (const [order, { start, fraction }] of running) {
      const kind = kinds.get(order)!;
      if (fraction > 0 && !spent.has(kind)) known.set(kind, (time - start) / fraction);
    }
    return known;
  };
  return {
    advance(order, fraction) {
      if (waiting.delete(order)) running.set(order, { start: now(), fraction });
      const each = running.get(order);
      if (each !== undefined) each.fraction = fraction;
    },
    end(order) {
      waiting.delete(order);
      const each = running.get(order);
      if (each === undefined) return;
      running.delete(order);
      const kind = kinds.get(order)!;
      spent.set(kind, [...(spent.get(kind) ?? []), now() - each.start]);
    },
    secondsLeft() {
      const time = now();
      const known = durations(time);
      if (known.size === 0) return undefined;
      const typical = mean([...known.values()]);
      const lasts = (order: string): number => known.get(kinds.get(order)!) ?? typical;
      const ahead = [...waiting].map(lasts);
      const rest = [...running].map(([order, { start }]) => Math.max(0, lasts(order) - (time - start)));
      const total = [...ahead, ...rest].reduce((sum, seconds) => sum + seconds, 0);
      return Math.max(total / Math.max(1, running.size), ...ahead, ...rest);
    },
  };
}
