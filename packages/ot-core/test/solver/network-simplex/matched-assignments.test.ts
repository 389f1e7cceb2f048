import { createRng, fillUniform, integer } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { costMatrix } from '../../../src/geometry/cost-matrix.js';
import { createTransportProblem } from '../../../src/problem/create-transport-problem.js';
import { networkSimplex } from '../../../src/solver/network-simplex.js';
import { runSync } from '../../../src/solver/run.js';

const count = 150;

function problemOf(cost: (i: number, j: number) => number) {
  const costs = Float64Array.from({ length: count * count }, (_, at) => cost(Math.floor(at / count), at % count));
  return createTransportProblem(costMatrix(costs, { rows: count, columns: count }));
}

const rng = createRng(5);
const uniforms = Array.from(fillUniform(rng.fork('costs'), new Float64Array(4 * count * count)));
const uniform = () => uniforms.pop()!;
const [u, v] = [0, 1].map(() => Array.from({ length: count }, () => uniform()));
const cases = {
  'independent costs': problemOf(() => uniform()),
  'three different costs': problemOf(() => integer(rng, 0, 3)),
  'costs that are all equal': problemOf(() => 7),
  'the same favourites of every row': problemOf((i, j) => u[i] * v[j]),
  'sums, where every plan is optimal': problemOf((i, j) => u[i] + v[j]),
  'negative costs': problemOf((i, j) => -1e-12 * Math.abs(u[i] - v[j])),
  'a huge offset': problemOf(() => 1e12 + uniform()),
};

describe('assignments over rows of costs', () => {
  it.each(Object.entries(cases))('are proved optimal for %s', (_, problem) => {
    const { status, coupling, certificate } = runSync(networkSimplex(), problem);
    const { gap, worstViolation, largestCost } = certificate;
    expect(status).toBe('optimal');
    expect(coupling.kind === 'permutation' && new Set(coupling.columnOfRow).size).toBe(count);
    // The tolerance of the solver is 2⁻⁴⁶ of the largest cost; the gap is rounding alone.
    expect(worstViolation).toBeLessThanOrEqual(2 ** -45 * largestCost);
    expect(Math.abs(gap)).toBeLessThanOrEqual(2 ** -45 * largestCost);
  });

  it('have a plan wherever they are stopped, and the same bits in steps of any length', () => {
    const problem = cases['independent costs'];
    const whole = runSync(networkSimplex(), problem);
    for (const maxSteps of [1, 20, 40, 60, 80, 100, 120]) {
      const { coupling, certificate } = runSync(networkSimplex({ stepBudget: 300 }), problem, { maxSteps });
      expect(coupling.kind === 'permutation' && new Set(coupling.columnOfRow).size).toBe(count);
      expect(certificate.dual).toBeLessThanOrEqual(whole.cost);
    }
    const sliced = runSync(networkSimplex({ stepBudget: 300 }), problem);
    expect([...sliced.f, ...sliced.g]).toEqual([...whole.f, ...whole.g]);
    expect(sliced.coupling).toEqual(whole.coupling);
  });
});
