import { describe, expect, it } from 'vitest';
import { compareExactProblems, readExactProblemsOptions } from '../src/exact-problems.js';

describe('compareExactProblems', () => {
  it('judges every problem and prints what it saw', () => {
    const lines: string[] = [];
    expect(compareExactProblems({ problems: 30, seed: 1000 }, (line) => lines.push(line))).toBe(true);
    expect(lines.at(-1)).toMatch(/^exact-problems: 30 problems, \d+ of them infeasible, 0 wrong, in \d+ s$/);
    expect(lines.filter((line) => line.startsWith('worst'))).toHaveLength(4);
  });
});

describe('readExactProblemsOptions', () => {
  it('takes 20,000 problems from seed 0 on unless told otherwise', () => {
    expect(readExactProblemsOptions([])).toEqual({ problems: 20_000, seed: 0 });
    expect(readExactProblemsOptions(['--problems', '3', '--seed', '7'])).toEqual({ problems: 3, seed: 7 });
  });

  it('refuses what is no whole number', () => {
    expect(() => readExactProblemsOptions(['--seed', '-1'])).toThrow();
    expect(() => readExactProblemsOptions(['--problems', 'many'])).toThrow(
      '"--problems" expected a whole number, got many',
    );
  });
});
