import { describe, expect, it } from 'vitest';
import { compareExactProblems } from '../src/exact-problems.js';

describe('compareExactProblems', () => {
  it('judges every problem and prints what it saw', () => {
    const lines: string[] = [];
    expect(compareExactProblems({ problems: 30, seed: 1000 }, (line) => lines.push(line))).toBe(true);
    expect(lines.at(-1)).toMatch(/^exact-problems: 30 problems, \d+ of them infeasible, 0 wrong, in \d+ s$/);
    expect(lines.filter((line) => line.startsWith('worst'))).toHaveLength(4);
  });
});
