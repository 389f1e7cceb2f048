import { readFileSync } from 'node:fs';
import { expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { costMatrix, emd, pointClouds, type Geometry } from '../src/index.js';

/** One problem of fixtures/exact-transport.json; arrays are int32 in base64, in units of `unit`. */
interface Fixture {
  readonly rows: number;
  readonly columns: number;
  readonly dim?: number;
  readonly x?: string;
  readonly y?: string;
  readonly costs?: string;
  readonly a?: string;
  readonly b?: string;
  readonly cost: number;
}

// Written by fixtures/make-exact-fixtures.py: plans by POT 0.9.7, checked against scipy 1.17, costs in rational
// arithmetic.
const path = new URL('./fixtures/exact-transport.json', import.meta.url);
const { unit, problems } = JSON.parse(readFileSync(path, 'utf8')) as { unit: number; problems: Fixture[] };

describe('emd against POT and scipy', () => {
  it('has 200 problems to compare', () => {
    expect(problems).toHaveLength(200);
  });

  it.each(problems.map((problem, index) => [nameOf(problem), index] as const))('%s (problem %i)', (_, index) => {
    const { rows, columns, a, b, cost } = problems[index];
    const weights = {
      a: a === undefined ? new Float64Array(rows).fill(columns) : decode(a),
      b: b === undefined ? new Float64Array(columns).fill(rows) : decode(b),
    };
    const mass = weights.a.reduce((sum, each) => sum + each, 0);
    const result = emd(geometryOf(problems[index]), weights);
    const { certificate } = result;
    // The expected cost is exact to the last bit. Costs of matrices may cancel, so theirs is relative to the largest
    // one.
    const absolute = problems[index].costs === undefined ? 0 : 1e-12 * certificate.largestCost;
    expectClose(result.cost / mass, cost, { relative: 1e-12, absolute });
    expect(certificate.worstViolation).toBeLessThanOrEqual(1e-12 * certificate.largestCost);
    expect(Math.abs(certificate.gap)).toBeLessThanOrEqual(1e-12 * mass * certificate.largestCost);
    expect(certificate.smallestMass).toBeGreaterThan(0);
    expect(certificate.marginalError).toBeLessThanOrEqual(1e-12 * mass);
  });
});

function nameOf({ rows, columns, dim, a }: Fixture): string {
  const geometry = dim === undefined ? 'matrix' : `d = ${dim}`;
  return `${rows} × ${columns}, ${geometry}, ${a === undefined ? 'equal' : 'general'} weights`;
}

function geometryOf({ rows, columns, dim, x, y, costs }: Fixture): Geometry {
  const scaled = (text = ''): Float64Array => decode(text).map((each) => each * unit);
  return costs === undefined
    ? pointClouds(scaled(x), scaled(y), { dim })
    : costMatrix(scaled(costs), { rows, columns });
}

function decode(text: string): Float64Array {
  const bytes = Buffer.from(text, 'base64');
  return Float64Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readInt32LE(4 * i));
}
