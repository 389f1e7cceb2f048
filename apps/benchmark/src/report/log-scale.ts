/** A logarithmic axis over less than a few decades, where the ticks of powers of ten would leave one or none. */
import type { ScaleOptions } from '@observablehq/plot';

/** The scale around positive values, with at least three ticks at round numbers. */
export function logScale(values: readonly number[]): ScaleOptions {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const candidates = MANTISSAS.map((mantissas) => ticksWithin(mantissas, low / 1.02, high * 1.02));
  const ticks = candidates.find(({ length }) => length >= 3) ?? candidates[candidates.length - 1];
  return { type: 'log', domain: [low / 1.03, high * 1.03], ticks, tickFormat: '~g' };
}

/** From few ticks to many. */
const MANTISSAS = [
  [1],
  [1, 3],
  [1, 2, 5],
  [1, 1.5, 2, 3, 4, 5, 7],
  [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8],
  Array.from({ length: 90 }, (_, i) => 1 + i / 10),
];

function ticksWithin(mantissas: readonly number[], low: number, high: number): number[] {
  const decades = Array.from({ length: 13 }, (_, i) => 10 ** (i - 6));
  const all = decades.flatMap((decade) => mantissas.map((mantissa) => Number((mantissa * decade).toPrecision(3))));
  const ticks = [...new Set(all)].filter((tick) => tick >= low && tick <= high);
  const stride = Math.ceil(ticks.length / MOST_TICKS);
  return ticks.filter((_, i) => i % stride === 0);
}

const MOST_TICKS = 7;
