import { createRng, fillNormal } from '@brenier/random';
import { expectAllClose, expectClose, nastyTransportProblem } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costMatrix, emd, marginals, pointClouds, sinkhorn, toDense } from '../src/index.js';

const swap = costMatrix([
  [0, 1],
  [1, 0],
]);

function cloud(seed: number, count: number, dim: number) {
  return { points: fillNormal(createRng(seed), new Float64Array(count * dim)), count, dim };
}

function sumOfErrors(got: Float64Array, expected: Float64Array): number {
  return got.reduce((sum, value, i) => sum + Math.abs(value - expected[i]), 0);
}

describe('sinkhorn', () => {
  it('solves two points against two in closed form', () => {
    // P is e/(1 + e)/2 on the diagonal and 1/(1 + e)/2 off it
    const { cost, coupling, entropicCost, status } = sinkhorn(swap, { epsilon: 1 });
    expect(status).toBe('converged');
    expectClose(cost, 0.26894142136999516, { relative: 1e-14 });
    expectAllClose(toDense(coupling).plan, [0.36552929, 0.13447071, 0.13447071, 0.36552929], {
      relative: 0,
      absolute: 5e-9,
    });
    expectClose(entropicCost, -Math.log((1 + Math.exp(-1)) / 2), { relative: 1e-14 });
  });

  it('meets the marginals it reports to have met, on inputs that break solvers', () => {
    fc.assert(
      fc.property(nastyTransportProblem({ maxCount: 12 }), fc.constantFrom(1, 0.1, 0.01), (known, relative) => {
        const mass = known.a.reduce((sum, each) => sum + each, 0);
        const { geometry, a, b } = known;
        const epsilon = Math.max(relative * (known.scale / mass), 1e-6);
        const result = sinkhorn(geometry, { a, b, epsilon, tolerance: 1e-7, maxIterations: 300 });
        const { a: rows, b: columns } = marginals(result.coupling);
        const error = (sumOfErrors(rows, a) + sumOfErrors(columns, b)) / mass;
        expect(result.cost).not.toBeNaN();
        expect(['converged', 'max-iterations']).toContain(result.status);
        if (result.status === 'converged') {
          expect(error).toBeLessThanOrEqual(1.1e-7); // rounding of the potentials, in units of ε, is what may be added
          expect(Math.abs(result.certificate.gap)).toBeLessThanOrEqual(1e-5 * (known.scale + epsilon * mass));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is symmetric: exchanging the clouds transposes the plan', () => {
    const x = cloud(1, 7, 2);
    const y = cloud(2, 5, 2);
    const options = { epsilon: 0.5, tolerance: 1e-13 };
    const forth = sinkhorn(x, y, options);
    const back = sinkhorn(y, x, options);
    expectClose(back.cost, forth.cost, { relative: 1e-11 });
    const plan = toDense(back.coupling).plan;
    const transposed = Float64Array.from({ length: 35 }, (_, at) => plan[(at % 5) * 7 + Math.floor(at / 5)]);
    expectAllClose(toDense(forth.coupling).plan, transposed, { relative: 1e-9, absolute: 1e-12 });
  });

  it('tends to exact transport as ε goes to 0, from above', () => {
    const x = cloud(3, 20, 2);
    const y = cloud(4, 20, 2);
    const exact = emd(x, y).cost;
    const excess = [1, 0.3, 0.1].map((epsilon) => sinkhorn(x, y, { epsilon, tolerance: 1e-10 }).cost - exact);
    expect(excess[0]).toBeGreaterThan(excess[1]);
    expect(excess[1]).toBeGreaterThan(excess[2]);
    expect(excess[2]).toBeGreaterThan(0);
    // the classical bound ε log n, with room for none of it
    expect(excess[2]).toBeLessThan(0.1 * Math.log(20));
  });

  it('tends to the independent coupling as ε goes to infinity', () => {
    const result = sinkhorn(cloud(5, 4, 2), cloud(6, 3, 2), { epsilon: 1e9 });
    // exp(c/ε) is 1 up to 1e-8
    expectAllClose(toDense(result.coupling).plan, new Float64Array(12).fill(1 / 12), { relative: 1e-7 });
  });

  it('scales: costs and ε times s give the same plan and s times the cost', () => {
    const costs = Array.from({ length: 4 }, (_, i) =>
      Array.from({ length: 5 }, (_, j) => ((i * 7 + j * 3) % 5) + 0.25 * i),
    );
    const one = sinkhorn(costMatrix(costs), { epsilon: 0.5 });
    const many = sinkhorn(costMatrix(costs.map((row) => row.map((cost) => 1024 * cost))), { epsilon: 512 });
    expectClose(many.cost, 1024 * one.cost, { relative: 1e-14 });
  });

  it('sees only differences: a common translation changes nothing, a relative one adds its cost', () => {
    const x = cloud(7, 9, 2);
    const y = cloud(8, 9, 2);
    const moved = (shift: number, { points, count, dim }: typeof x) => ({
      points: points.map((each) => each + shift),
      count,
      dim,
    });
    const here = sinkhorn(x, y, { epsilon: 1, tolerance: 1e-12 }).entropicCost;
    // coordinates near 2^20 keep 33 bits behind the point
    expectClose(sinkhorn(moved(2 ** 20, x), moved(2 ** 20, y), { epsilon: 1 }).entropicCost, here, { relative: 1e-7 });
    const meanGap = meanOf(x.points) - meanOf(y.points);
    const there = sinkhorn(moved(3, x), y, { epsilon: 1, tolerance: 1e-12 }).entropicCost;
    expectClose(there - here, 2 * (9 + 6 * meanGap), { relative: 1e-9 });
  });

  it('never gives NaN, however small or large ε is', () => {
    const geometry = pointClouds(cloud(9, 15, 2), cloud(10, 12, 2));
    for (const epsilon of [1e-12, 1e-6, 1e-3, 1e3, 1e12]) {
      const { cost, f, g, certificate } = sinkhorn(geometry, { epsilon, maxIterations: 50 });
      expect([cost, ...f, ...g, certificate.dual].every(Number.isFinite)).toBe(true);
      expect(certificate.marginalError).toBeLessThanOrEqual(1);
    }
  });

  it('reaches a small ε through a schedule, and reports the target ε even where it is stopped on the way', () => {
    const x = cloud(11, 30, 2);
    const y = cloud(12, 30, 2);
    const schedule = { start: 4, decay: 0.8 };
    const direct = sinkhorn(x, y, { epsilon: 0.05, tolerance: 1e-8 });
    const scheduled = sinkhorn(x, y, { epsilon: 0.05, tolerance: 1e-8, epsilonSchedule: schedule });
    expectClose(scheduled.entropicCost, direct.entropicCost, { relative: 1e-10 });
    const stopped = sinkhorn(x, y, { epsilon: 0.05, maxIterations: 3, epsilonSchedule: schedule });
    expect(stopped.status).toBe('max-iterations');
    expect(stopped.coupling.epsilon).toBe(0.05);
    expectAllClose(marginals(stopped.coupling).a, new Float64Array(30).fill(1 / 30), { relative: 1e-10 });
  });

  it('gives points without mass the potential of the soft-min and no mass', () => {
    const x = [[0], [1], [5]];
    const y = [[0], [2], [9]];
    const some = sinkhorn(x, y, { a: [0.5, 0.5, 0], b: [0.25, 0.75, 0], epsilon: 0.7, tolerance: 1e-13 });
    const none = sinkhorn(x.slice(0, 2), y.slice(0, 2), {
      a: [0.5, 0.5],
      b: [0.25, 0.75],
      epsilon: 0.7,
      tolerance: 1e-13,
    });
    expectClose(some.cost, none.cost, { relative: 1e-11 });
    const { f, g } = some;
    const sum = 0.25 * Math.exp((g[0] - 25) / 0.7) + 0.75 * Math.exp((g[1] - 9) / 0.7);
    expectClose(f[2], -0.7 * Math.log(sum), { relative: 1e-12 });
    const other = 0.5 * Math.exp((f[0] - 81) / 0.7) + 0.5 * Math.exp((f[1] - 64) / 0.7);
    expectClose(g[2], -0.7 * Math.log(other), { relative: 1e-12 });
  });

  it('matches the closed form between Gaussians on a fine grid', () => {
    // N(0, s²) to N(m, t²): cost m² + s² + t² − 2ρst where ρst = (√(4s²t² + λ²) − λ)/2, λ = ε/2 (Janati et al. 2020
    // with costs
    // |x − y|², no half). The grid of step 0.1 to ±6 sd integrates Gaussians to 1e-8.
    const [s, t, m, epsilon] = [1, 0.8, 0.5, 1];
    const grid = Array.from({ length: 121 }, (_, i) => -6 + 0.1 * i);
    const density = (sd: number) => grid.map((z) => Math.exp((-z * z) / (2 * sd * sd)));
    const x = grid.map((z) => [z]);
    const y = grid.map((z) => [z + m]);
    const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0);
    const a = density(s).map((each, _, all) => each / total(all));
    const b = density(t).map((each, _, all) => each / total(all));
    const covariance = (Math.sqrt(4 * s * s * t * t + (epsilon / 2) ** 2) - epsilon / 2) / 2;
    const { cost } = sinkhorn(x, y, { a, b, epsilon, tolerance: 1e-10 });
    expectClose(cost, m * m + s * s + t * t - 2 * covariance, { relative: 1e-6 });
  });

  it('refuses what it cannot solve, naming the argument', () => {
    expect(() => sinkhorn(swap, { epsilon: 0 })).toThrow('"epsilon" expected a finite number > 0, got 0');
    expect(() => sinkhorn(swap, { epsilon: NaN })).toThrow(RangeError);
    expect(() => sinkhorn(swap, {} as { epsilon: number })).toThrow(TypeError);
    expect(() => sinkhorn(swap, undefined as unknown as { epsilon: number })).toThrow('"epsilon"');
    expect(() => sinkhorn(swap, { epsilon: 1e-17 })).toThrow('"epsilon" expected at least 2^-53 of the largest cost 1');
    expect(() => sinkhorn(swap, 0.1 as never)).toThrow('"options" expected an options object');
    expect(() => sinkhorn([[0]], [[1]], 0.1 as never)).toThrow('"options" expected an options object');
    expect(() => sinkhorn(swap, { epsilon: 1, tolerance: -1 })).toThrow('"tolerance"');
    expect(() => sinkhorn(swap, { epsilon: 1, maxIterations: 0 })).toThrow('"maxIterations"');
    expect(() => sinkhorn(swap, { epsilon: 1, overRelaxation: 2 })).toThrow('"overRelaxation"');
    expect(() => sinkhorn(swap, { epsilon: 1, epsilonSchedule: { start: 1, decay: 1 } })).toThrow(
      '"epsilonSchedule.decay"',
    );
    expect(() => sinkhorn(swap, { epsilon: 1, reg: 1 } as { epsilon: number })).toThrow('got "reg"');
    expect(() => sinkhorn(swap, { epsilon: 1, a: [1, -1] })).toThrow('"a[1]"');
    expect(() => sinkhorn(swap, { epsilon: 1, a: [1, 1], b: [1, 2] })).toThrow('"b"');
    expect(() => sinkhorn(swap, { epsilon: 1, a: [1] })).toThrow('"a" expected length 2, got 1');
    expect(() => sinkhorn([], [[1]], { epsilon: 1 })).toThrow('"x"');
    expect(() => sinkhorn([[NaN]], [[1]], { epsilon: 1 })).toThrow('"x[0][0]"');
    expect(() => sinkhorn([[1]], [[1, 2]], { epsilon: 1 })).toThrow('"y" expected points of dimension 1');
  });

  it('solves a single pair, and duplicates, at once', () => {
    expectClose(sinkhorn([[1, 2]], [[4, 6]], { epsilon: 0.1 }).cost, 25, { relative: 1e-15 });
    const same = sinkhorn([[1], [1], [1]], [[1], [1]], { epsilon: 0.1 });
    expect(same.cost).toBe(0);
    expect(same.iterations).toBe(1);
  });
});

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
