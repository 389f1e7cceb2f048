import { expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { certifyEntropic, costMatrix, createTransportProblem, transportCost } from '../../src/index.js';

const problem = createTransportProblem(
  costMatrix([
    [0, 1],
    [1, 0],
  ]),
);
/**
 * With ε = 1 a row sums to ¼ exp(f + g) (1 + e⁻¹), which is ½ for f + g = log(2 / (1 + e⁻¹)): the converged potentials.
 */
const half = Math.log(2 / (1 + Math.exp(-1))) / 2;
const converged = Float64Array.of(half, half);

describe('certifyEntropic', () => {
  it('measures the converged plan of the two-point problem', () => {
    const certificate = certifyEntropic(problem, converged, converged, 1);
    // ⟨C,P⟩ = e⁻¹ / (1 + e⁻¹): the published value of this example
    expectClose(certificate.primal, 0.26894142136999516, { relative: 1e-14 });
    expect(certificate.marginalError).toBeLessThan(1e-15);
    expectClose(certificate.gap, 0, { absolute: 1e-15 });
    expectClose(certificate.worstViolation, 2 * half, { relative: 1e-14 });
    // Σ a f + Σ b g with f = g = half everywhere, and ΣP = 1
    expectClose(certificate.dual, 2 * half, { relative: 1e-14 });
    expectClose(certificate.smallestMass, 0.26894142136999516 / 2, { relative: 1e-14 });
    expect(certificate.largestCost).toBe(1);
  });

  it('defines the objective as ⟨C,P⟩ + ε KL(P | a⊗b), for any potentials and any mass', () => {
    const heavy = createTransportProblem(
      costMatrix([
        [0.3, 1, 2],
        [1, 0.1, 0.7],
      ]),
      { a: [1, 2], b: [0.5, 1.5, 1] },
    );
    const f = Float64Array.of(0.1, -0.4);
    const g = Float64Array.of(0.2, 0.3, -0.1);
    const epsilon = 0.7;
    let kl = 9; // Σ a⊗b = M²
    let dual = 0.1 - 0.8 + 0.1 + 0.45 - 0.1 + epsilon * 9;
    for (let i = 0; i < 2; i++) {
      for (let j = 0; j < 3; j++) {
        const product = heavy.a[i] * heavy.b[j];
        const cost = (heavy.geometry as { costs: Float64Array }).costs[i * 3 + j];
        const mass = product * Math.exp((f[i] + g[j] - cost) / epsilon);
        kl += mass * Math.log(mass / product) - mass;
        dual -= epsilon * mass;
      }
    }
    const certificate = certifyEntropic(heavy, f, g, epsilon);
    const coupling = {
      kind: 'implicit',
      rows: 2,
      columns: 3,
      geometry: heavy.geometry,
      a: heavy.a,
      b: heavy.b,
      f,
      g,
      epsilon,
    } as const;
    expectClose(certificate.primal, transportCost(heavy.geometry, coupling), { relative: 1e-14 });
    expectClose(certificate.objective, certificate.primal + epsilon * kl, { relative: 1e-13 });
    expectClose(certificate.dual, dual, { relative: 1e-13 });
    expectClose(certificate.gap, certificate.objective - certificate.dual, { relative: 1e-12 });
  });

  it('never claims a dual above the entropic optimum', () => {
    for (const shift of [-1, -0.1, 0.1, 1]) {
      const moved = converged.map((each) => each + shift);
      expect(certifyEntropic(problem, moved, converged, 1).dual).toBeLessThan(2 * half);
    }
  });

  it('gives nodes without mass no part in the plan', () => {
    const sided = createTransportProblem(
      costMatrix([
        [0, 1],
        [1, 0],
      ]),
      { a: [1, 0], b: [0.5, 0.5] },
    );
    const { smallestMass, primal } = certifyEntropic(sided, new Float64Array(2), new Float64Array(2), 1);
    expect(smallestMass).toBe(0);
    expectClose(primal, 0.5 * Math.exp(-1), { relative: 1e-14 });
  });

  it('refuses potentials that are not finite, wrong lengths and ε ≤ 0', () => {
    const zero = new Float64Array(2);
    expect(() => certifyEntropic(problem, Float64Array.of(0, -Infinity), zero, 1)).toThrow('"f[1]"');
    expect(() => certifyEntropic(problem, zero, new Float64Array(3), 1)).toThrow('"g" expected length 2, got 3');
    expect(() => certifyEntropic(problem, zero, zero, 0)).toThrow('"epsilon" expected a finite number > 0, got 0');
    expect(() => certifyEntropic(problem, zero, zero, NaN)).toThrow(RangeError);
  });

  it('refuses what is no problem', () => {
    const zero = new Float64Array(2);
    for (const wrong of [undefined, null, {}, problem.geometry]) {
      expect(() => certifyEntropic(wrong as never, zero, zero, 1)).toThrow('"problem" expected a problem from');
    }
    expect(() => certifyEntropic(problem, undefined as never, zero, 1)).toThrow('"f" expected an array, got undefined');
  });
});
