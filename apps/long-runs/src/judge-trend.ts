// When memory counts as flat.
import type { Trend } from './memory-watch.js';

const MEGABYTE = 2 ** 20;

/**
 * What a quantity may seem to gain over a run: the heap by functions that are compiled late, buffers by those that wait for the
 * collector, the whole by what the allocator keeps. A leak of 100 bytes a step would be 14 MB.
 */
const allowance = { rss: 8 * MEGABYTE, heap: MEGABYTE, buffers: MEGABYTE, tensors: 0 };

/** Whether the growth is within the allowance. */
export function isFlat({ quantity, growth }: Trend): boolean {
  return growth <= allowance[quantity];
}

/** One line for people. */
export function describeTrend(trend: Trend): string {
  const { quantity, level, growth, growthError } = trend;
  const verdict = isFlat(trend) ? 'flat' : 'GROWS';
  if (quantity === 'tensors') return `tensors ${level} ${signed(growth, 1)} ${verdict}`;
  const [from, gained, error] = [level, growth, growthError].map((bytes) => bytes / MEGABYTE);
  return `${quantity.padEnd(7)} ${from.toFixed(2)} MiB ${signed(gained, 3)} ± ${error.toFixed(3)} ${verdict}`;
}

function signed(value: number, digits: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
}
