import { describe, expect, it } from 'vitest';
import { stopExactSolve } from '../src/stopped-exact.js';

describe('stopExactSolve', () => {
  it.each(['equal', 'general'] as const)(
    'prints every stop, and ends with the bits of an undisturbed solve: %s weights',
    async (weights) => {
      const lines: string[] = [];
      expect(await stopExactSolve({ points: 6000, every: 40, weights }, (line) => lines.push(line))).toBe(true);
      expect(lines.at(-1)).toMatch(/^stopped-exact: 6000 points a side, \d+ stops, the slowest in \d+ ms; the bits of/);
      for (const line of lines.slice(0, -1))
        expect(line).toMatch(/^stopped in \d+ ms: cost 1\d\.\d+, gap \d\.\d\de-\d/);
    },
  );
});
