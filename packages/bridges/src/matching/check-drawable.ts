import { checkFunction, checkInteger, describeValue } from '@brenier/errors';

/** What points or pairs are drawn from. */
interface Drawable {
  readonly dim: number;
  draw(...parameters: never[]): unknown;
}

/** Checks that a value can be drawn from, and that it has the dimension asked for, if one is. */
export function checkDrawable<T extends Drawable>(name: string, value: T, dim?: number): T {
  if (typeof value !== 'object' || value === null) {
    throw new TypeError(`"${name}" expected an object with "dim" and "draw", got ${describeValue(value)}`);
  }
  checkInteger(`${name}.dim`, value.dim, 1);
  checkFunction(`${name}.draw`, value.draw);
  if (dim === undefined || value.dim === dim) return value;
  throw new RangeError(`"${name}.dim" expected ${dim}, got ${value.dim}`);
}
