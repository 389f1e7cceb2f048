import { generateProblem, judgeAnswer, type GeneratedProblem, type GivenAnswer } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { costMatrix, emd, pointClouds, toSparse } from '../src/index.js';

function answerTo({ geometry, a, b }: GeneratedProblem): GivenAnswer {
  const { rows, columns } = geometry;
  try {
    const asked =
      geometry.kind === 'matrix'
        ? costMatrix(geometry.costs, { rows, columns })
        : pointClouds(geometry.x, geometry.y, { cost: geometry.cost });
    const { status, cost, coupling, f, g, certificate } = emd(asked, { a, b });
    expect(status).toBe('optimal');
    return { ...toSparse(coupling), cost, f, g, certificate };
  } catch (error) {
    if (error instanceof RangeError) return { refusal: error.message };
    throw error;
  }
}

describe('emd', () => {
  // `pnpm run test:long exact-problems` goes through 20,000; a seed that it names gives the same problem here.
  it.each(Array.from({ length: 10 }, (_, part) => 40 * part))(
    'is right on 40 generated problems from seed %i on',
    (first) => {
      for (let seed = first; seed < first + 40; seed++) {
        const problem = generateProblem(seed);
        const { complaints } = judgeAnswer(problem, answerTo(problem));
        expect(complaints, `seed ${seed}: ${problem.costs}; masses: ${problem.masses}`).toEqual([]);
      }
    },
  );
});
