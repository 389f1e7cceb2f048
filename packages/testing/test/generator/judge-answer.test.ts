import { describe, expect, it } from 'vitest';
import type { GeneratedProblem } from '../../src/generator/generated-problem.js';
import { generateProblem } from '../../src/generator/generated-problem.js';
import { judgeAnswer, type GivenAnswer } from '../../src/generator/judge-answer.js';

/** Rows pay 1 to stay and 3 to change; the masses are 1 each. */
const problem: GeneratedProblem = {
  seed: 0,
  costs: 'by hand',
  masses: 'equal',
  geometry: { kind: 'matrix', costs: Float64Array.of(1, 3, 3, 1), rows: 2, columns: 2 },
  a: Float64Array.of(1, 1),
  b: Float64Array.of(1, 1),
};

const right: Exclude<GivenAnswer, { refusal: string }> = {
  cost: 2,
  rowIndex: [0, 1],
  columnIndex: [0, 1],
  mass: [1, 1],
  f: Float64Array.of(1, 1),
  g: new Float64Array(2),
  certificate: { gap: 0, worstViolation: 0, marginalError: 0 },
};

describe('judgeAnswer', () => {
  it('has nothing against the right answer', () => {
    const judgement = judgeAnswer(problem, right);
    expect(judgement.complaints).toEqual([]);
    expect(judgement).toMatchObject({ isInfeasible: false, costError: 0, violation: 0, gap: 0, marginalError: 0 });
  });

  it.each<[string, GivenAnswer, string]>([
    ['a cost that is not the least', { ...right, cost: 6, columnIndex: [1, 0] }, 'costError'],
    ['a cost that is no number', { ...right, cost: NaN }, 'costError'],
    [
      'potentials that violate a pair, whatever the certificate says',
      { ...right, g: Float64Array.of(1, 0) },
      'violation',
    ],
    ['a gap', { ...right, certificate: { ...right.certificate, gap: -1 } }, 'gap'],
    ['mass that does not arrive', { ...right, mass: [1, 0.5] }, 'marginalError'],
    ['an entry without mass', { ...right, rowIndex: [0, 1, 1], columnIndex: [0, 1, 0], mass: [1, 1, 0] }, 'an entry'],
    ['a refusal', { refusal: 'too hard' }, 'refused: too hard'],
  ])('complains of %s', (_, answer, complaint) => {
    expect(judgeAnswer(problem, answer).complaints.join()).toContain(complaint);
  });

  it('complains of mass on a forbidden pair, and of an answer where there is none', () => {
    const forbid = (...costs: number[]): GeneratedProblem => {
      return { ...problem, geometry: { kind: 'matrix', costs: Float64Array.from(costs), rows: 2, columns: 2 } };
    };
    const crossed = { ...right, columnIndex: [1, 0] };
    expect(judgeAnswer(forbid(1, Infinity, 3, 1), crossed).complaints).toContain('mass on the forbidden pair 0, 1');
    const impossible = forbid(1, Infinity, 3, Infinity);
    expect(judgeAnswer(impossible, right).complaints.join()).toContain('cannot carry the masses');
    expect(judgeAnswer(impossible, { refusal: 'impossible' }).complaints).toEqual([]);
  });
});

describe('generateProblem', () => {
  it('makes the same problem of the same seed', () => {
    for (let seed = 0; seed < 20; seed++) expect(generateProblem(seed)).toEqual(generateProblem(seed));
  });

  it('makes masses of equal totals, and integers exactly so', () => {
    const total = (masses: Float64Array): number => masses.reduce((sum, mass) => sum + mass, 0);
    for (let seed = 0; seed < 200; seed++) {
      const { a, b, masses } = generateProblem(seed);
      const difference = Math.abs(total(a) - total(b)) / total(a);
      expect(difference).toBeLessThanOrEqual(masses === 'integers' ? 0 : 1e-13);
    }
  });
});
