import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { samplePairs, toDense, type Coupling } from '../../src/index.js';
import { dense, implicit, permutation, sparse } from './sample-couplings.js';

const all: [string, Coupling][] = [
  ['permutation', permutation],
  ['sparse', sparse],
  ['dense', dense],
  ['implicit', implicit],
];

describe('samplePairs', () => {
  it.each(all)('draws the pairs of a %s coupling in proportion to their mass', (_, coupling) => {
    const count = 40_000;
    const { rows, columns } = samplePairs(createRng(11), coupling, count);
    const { plan } = toDense(coupling);
    const mass = plan.reduce((sum, each) => sum + each, 0);
    const seen = new Float64Array(plan.length);
    for (let at = 0; at < count; at++) seen[rows[at] * coupling.columns + columns[at]]++;
    // Each frequency has standard deviation at most ½ / √count = 0.0025; the seed is fixed, five of them are allowed.
    for (let at = 0; at < plan.length; at++) expect(Math.abs(seen[at] / count - plan[at] / mass)).toBeLessThan(0.0125);
    for (let at = 0; at < plan.length; at++) if (plan[at] === 0) expect(seen[at]).toBe(0);
  });

  it.each(all)('gives the same pairs of a %s coupling for the same seed', (_, coupling) => {
    expect(samplePairs(createRng(3), coupling, 20)).toEqual(samplePairs(createRng(3), coupling, 20));
    expect(samplePairs(createRng(3), coupling, 20)).not.toEqual(samplePairs(createRng(4), coupling, 20));
  });

  it('draws in no particular order of rows', () => {
    const { rows } = samplePairs(createRng(5), dense, 100);
    expect([...rows]).not.toEqual([...rows].sort((p, q) => p - q));
  });

  it('draws nothing where asked for nothing', () => {
    expect(samplePairs(createRng(1), sparse, 0)).toEqual({ rows: new Int32Array(0), columns: new Int32Array(0) });
  });

  it('refuses a missing generator, a bad count and a coupling without mass', () => {
    expect(() => samplePairs(undefined as never, sparse, 1)).toThrow(TypeError);
    expect(() => samplePairs(createRng(1), sparse, -1)).toThrow(RangeError);
    expect(() => samplePairs(createRng(1), sparse, 1.5)).toThrow(RangeError);
    expect(() => samplePairs(createRng(1), { ...dense, plan: new Float64Array(6) }, 1)).toThrow(RangeError);
    expect(() => samplePairs(createRng(1), {} as Coupling, 1)).toThrow(TypeError);
  });
});
