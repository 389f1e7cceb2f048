// The cost |d|^p of a displacement d on the line, p ≥ 1, and its root.
import { pow } from '@brenier/elementary';
import { checkFinite } from '@brenier/errors';

/** d ↦ |d|^p. */
export function powerCost(p: number): (difference: number) => number {
  if (p === 1) return Math.abs;
  if (p === 2) return (difference) => difference * difference;
  return (difference) => pow(Math.abs(difference), p);
}

/** The p-th root of a cost ≥ 0; exact in the cases that have an exact function. */
export function rootOf(cost: number, p: number): number {
  if (p === 1) return cost;
  return p === 2 ? Math.sqrt(cost) : pow(cost, 1 / p);
}

/** Checks the power of a cost |d|^p; below 1 the cost is concave and sorting is not optimal. */
export function checkPower(p: unknown): number {
  const power = checkFinite('p', p);
  if (power >= 1) return power;
  throw new RangeError(`"p" expected a finite number >= 1, got ${power}`);
}
