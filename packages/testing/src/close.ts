// Comparing numbers with tolerances that say what they are relative to.

/** Options of {@link expectClose} and {@link expectAllClose}. */
export interface CloseOptions {
  /** Allowed |actual − expected| as a multiple of |expected|. Default 1e-12. */
  readonly relative?: number;
  /** Allowed |actual − expected| whatever the expected value; the larger of the two bounds counts. Default 0. */
  readonly absolute?: number;
}

/**
 * Asserts that a number is close to another.
 *
 * @throws Error that gives both numbers, their difference and the bound
 */
export function expectClose(actual: number, expected: number, options: CloseOptions = {}): void {
  if (!isClose(actual, expected, options)) throw describeMiss('', actual, expected, options);
}

/**
 * Asserts that every entry of an array is close to the entry of another, and that their lengths agree.
 *
 * The relative bound is taken against the largest |expected|, since entries that cancel to nearly 0 carry the error of
 * the rest.
 *
 * @throws Error that names the first entry that misses
 */
export function expectAllClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  options: CloseOptions = {},
): void {
  if (actual.length !== expected.length) {
    throw new Error(`expected ${expected.length} entries, got ${actual.length}`);
  }
  let largest = 0;
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(expected[i]));
  const absolute = Math.max(options.absolute ?? 0, (options.relative ?? 1e-12) * largest);
  for (let i = 0; i < expected.length; i++) {
    if (!isClose(actual[i], expected[i], { relative: 0, absolute })) {
      throw describeMiss(`entry ${i}: `, actual[i], expected[i], { relative: 0, absolute });
    }
  }
}

function isClose(actual: number, expected: number, options: CloseOptions): boolean {
  // NaN is close to NaN only
  return Object.is(actual, expected) || Math.abs(actual - expected) <= boundOf(expected, options);
}

function boundOf(expected: number, { relative = 1e-12, absolute = 0 }: CloseOptions): number {
  return Math.max(absolute, relative * Math.abs(expected));
}

function describeMiss(where: string, actual: number, expected: number, options: CloseOptions): Error {
  const difference = Math.abs(actual - expected);
  return new Error(
    `${where}expected ${expected}, got ${actual}: off by ${difference}, allowed ${boundOf(expected, options)}`,
  );
}
