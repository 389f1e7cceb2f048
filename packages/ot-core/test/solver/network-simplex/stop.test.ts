import { describe, expect, it } from 'vitest';
import { certifyExact, createTransportProblem, networkSimplex, pointClouds, runSync } from '@brenier/ot-core';
import { cloud, problemKinds } from './problem-kinds.js';

describe('networkSimplex, stopped', () => {
  it.each(problemKinds)('has a feasible plan and a true bound after every step: %s', (_, problem) => {
    const { cost, certificate: proved } = runSync(networkSimplex(), problem);
    expect(proved.proof).toBe('all-pairs');
    // Both sides of a comparison are sums with errors of about 1e-16 of this.
    const slack = 1e-13 * proved.largestCost * problem.mass;
    const solver = networkSimplex({ stepBudget: 2000 });
    const state = solver.init(problem);
    const proofs = new Set<string>();
    let lowerBound = -Infinity;
    while (solver.status(state) === 'running') {
      const { certificate, coupling, f, g } = solver.result(state, 'aborted');
      const { primal, dual, gap, proof } = certificate;
      expect(dual).toBeLessThanOrEqual(cost + slack);
      expect(primal).toBeGreaterThanOrEqual(cost - slack);
      expect(Math.abs(gap - (primal - dual))).toBeLessThanOrEqual(slack);
      expect(certificate.worstViolation).toBe(0);
      expect(certificate.largestCost).toBeGreaterThanOrEqual(proved.largestCost * (1 - 1e-15));
      expect(certificate.marginalError).toBeLessThanOrEqual(1e-14 * problem.mass);
      expect(certificate.smallestMass).toBeGreaterThan(0);
      proofs.add(proof);
      if (proof === 'potentials') {
        // What the solver says of its potentials, judged by code that it does not share.
        const judged = certifyExact(problem, coupling, f, g);
        expect(judged.worstViolation).toBeLessThanOrEqual(1e-12 * proved.largestCost);
        expect(judged.dual).toBeGreaterThanOrEqual(dual);
      }
      const progress = solver.progress(state);
      if (progress.lowerBound !== undefined) {
        expect(progress.lowerBound).toBeLessThanOrEqual(cost + slack);
        expect(progress.lowerBound).toBeGreaterThanOrEqual(lowerBound);
        lowerBound = progress.lowerBound;
      }
      solver.step(state);
    }
    expect(proofs).toContain('potentials');
    expect(lowerBound).toBeGreaterThan(-Infinity);
    expect(Math.abs(solver.progress(state).lowerBound! - cost)).toBeLessThanOrEqual(
      // A margin of 1e-12 of the box around all points, whose diagonal is longer than the largest distance.
      1e-11 * proved.largestCost * problem.mass,
    );
    solver.dispose(state);
  });

  it('knows the cost to a percent before the finest level has a plan of its own', () => {
    const n = 3000;
    const x = cloud('x', n, 2);
    const far = cloud('y', n, 2);
    const y = { ...far, points: far.points.map((each) => each + 3) };
    for (const options of [undefined, { a: Float64Array.from({ length: n }, (_, i) => (1 + (i % 5)) / (3 * n)) }]) {
      const problem = createTransportProblem(pointClouds(x, y), options);
      const solver = networkSimplex({ stepBudget: 2 ** 15 });
      const state = solver.init(problem);
      while (solver.progress(state).level < solver.progress(state).levels) solver.step(state);
      expect(solver.progress(state).primal).toBeUndefined();
      const { certificate, coupling } = solver.result(state, 'aborted');
      expect(coupling.kind).toBe(problem.isAssignment ? 'permutation' : 'sparse');
      expect(certificate.proof).toBe('coarse-level');
      expect(certificate.gap).toBeLessThan(0.01 * certificate.primal);
      solver.dispose(state);
    }
  });

  it('carries no certificate where it is switched off, and the cost of the plan all the same', () => {
    const [, problem] = problemKinds[1];
    const stop = { maxSteps: 20 };
    const { certificate, ...expected } = runSync(networkSimplex({ stepBudget: 5000 }), problem, stop);
    const result = runSync(networkSimplex({ stepBudget: 5000, certify: false }), problem, stop);
    expect(result).toEqual(expected);
    expect(result.cost).toBe(certificate.primal);
  });

  it('refuses a problem that needs more memory than it may take, and says how much that is', () => {
    const [, problem] = problemKinds[0];
    const init = (memoryLimit: number) => networkSimplex({ memoryLimit }).init(problem);
    expect(() => init(100_000)).toThrow(
      /"problem" expected a solve within "memoryLimit" 100000, got one of \d{6} bytes/,
    );
    let needed = 0;
    try {
      init(1);
    } catch (error) {
      needed = Number(/got one of (\d+) bytes/.exec((error as Error).message)![1]);
    }
    // 800 points of the plane, and the room of a ladder of levels for each side.
    expect(needed / 800).toBeLessThan(700);
    const solver = networkSimplex({ memoryLimit: needed });
    solver.dispose(solver.init(problem));
    expect(() => networkSimplex({ memoryLimit: 0 })).toThrow(RangeError);
  });
});
