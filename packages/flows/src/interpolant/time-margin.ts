import { describeValue } from '@brenier/errors';

/** Checks δ in [0, ½): what is left of the unit interval, [δ, 1−δ], must not be empty. */
export function checkTimeMargin(name: string, value: number): number {
  if (Number.isFinite(value) && value >= 0 && value < 0.5) return value;
  const message = `"${name}" expected a number in [0, 0.5), got ${describeValue(value)}`;
  throw typeof value === 'number' ? new RangeError(message) : new TypeError(message);
}
