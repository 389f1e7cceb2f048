import { describeValue } from '@brenier/errors';

/** Checks an option that is either on or off. */
export function checkFlag(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new TypeError(`"${name}" expected a boolean, got ${describeValue(value)}`);
}
