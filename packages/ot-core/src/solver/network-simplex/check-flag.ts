import { describeValue } from '@brenier/errors';

/** Checks that an option is `true` or `false`. */
export function checkFlag(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new TypeError(`"${name}" expected true or false, got ${describeValue(value)}`);
}
