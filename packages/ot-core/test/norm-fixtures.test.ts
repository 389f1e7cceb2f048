import { readFileSync } from 'node:fs';
import { expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { costAt, emd, pointClouds } from '../src/index.js';

interface Fixture {
  readonly x: number[][];
  readonly y: number[][];
  readonly a: number[];
  readonly b: number[];
  /** p is "inf" for ∞; `corner` is the cost of the first pair, `cost` the least cost of the problem. */
  readonly norms: readonly {
    readonly p: number | 'inf';
    readonly power: number;
    readonly corner: number;
    readonly cost: number;
  }[];
}

// Written by fixtures/make-norm-fixtures.py: costs by cdist, least costs by linear_sum_assignment or HiGHS, scipy 1.17.
const path = new URL('./fixtures/norm-transport.json', import.meta.url);
const { problems } = JSON.parse(readFileSync(path, 'utf8')) as { problems: Fixture[] };

describe('emd for powers of p-norms against scipy', () => {
  it.each(problems.map(({ x, y }, index) => [x.length, y.length, x[0].length, index] as const))(
    'has its costs and its least costs: %i to %i points in dimension %i (problem %i)',
    (_rows, _columns, _dim, index) => {
      const { x, y, a, b, norms } = problems[index];
      expect(norms).toHaveLength(14);
      for (const { p, power, corner, cost } of norms) {
        const geometry = pointClouds(x, y, { cost: { p: p === 'inf' ? Infinity : p, power } });
        expectClose(costAt(geometry, 0, 0), corner, { relative: 1e-13 });
        // HiGHS is asked for 1e-10.
        expectClose(emd(geometry, { a, b }).cost, cost, { relative: 1e-9 });
      }
    },
  );
});
