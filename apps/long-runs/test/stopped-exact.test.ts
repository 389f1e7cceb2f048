import { describe, expect, it } from 'vitest';
import { readStoppedExactOptions, stopExactSolve } from '../src/stopped-exact.js';

describe('stopExactSolve', () => {
  it.each([true, false])(
    'prints every stop, and ends with the bits of an undisturbed solve: equal weights %s',
    async (isUniform) => {
      const lines: string[] = [];
      expect(await stopExactSolve({ points: 6000, every: 40, isUniform }, (line) => lines.push(line))).toBe(true);
      expect(lines.at(-1)).toMatch(/^stopped-exact: 6000 points a side, \d+ stops, the slowest in \d+ ms; the bits of/);
      for (const line of lines.slice(0, -1))
        expect(line).toMatch(/^stopped in \d+ ms: cost 1\d\.\d+, gap \d\.\d\de-\d/);
    },
  );
});

describe('readStoppedExactOptions', () => {
  it('takes 100,000 points of equal weights, stopped every two seconds, unless told otherwise', () => {
    expect(readStoppedExactOptions([])).toEqual({ points: 100_000, every: 2000, isUniform: true });
    expect(readStoppedExactOptions(['--points', '9', '--every', '5', '--weights', 'general'])).toEqual({
      points: 9,
      every: 5,
      isUniform: false,
    });
  });

  it('refuses other weights, and what is no whole number', () => {
    expect(() => readStoppedExactOptions(['--weights', 'some'])).toThrow(
      '"--weights" expected equal or general, got some',
    );
    expect(() => readStoppedExactOptions(['--points', '1.5'])).toThrow('"--points" expected a whole number, got 1.5');
  });
});
