import {
  expectClose,
  costsOf,
  knownTransportProblem,
  nastyTransportProblem,
  solveTransportReference,
} from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certifyExact, costMatrix, createTransportProblem, independentCoupling, pointClouds } from '../../src/index.js';

describe('certifyExact', () => {
  it('accepts the plan and the potentials of an independent solver', () => {
    fc.assert(
      fc.property(
        fc.oneof(knownTransportProblem(), nastyTransportProblem({ maxCount: 20 })),
        ({ geometry, a, b, scale }) => {
          const problem = createTransportProblem(geometry, { a, b });
          const { plan, f, g } = solveTransportReference(costsOf(geometry), a, b);
          const certificate = certifyExact(problem, { kind: 'dense', rows: a.length, columns: b.length, plan }, f, g);
          expect(certificate.worstViolation).toBeLessThanOrEqual((1e-12 * scale) / problem.mass);
          expect(Math.abs(certificate.gap)).toBeLessThanOrEqual(1e-12 * scale);
          expect(certificate.marginalError).toBeLessThanOrEqual(1e-13 * problem.mass);
          expect(certificate.smallestMass).toBeGreaterThanOrEqual(0);
          expectClose(certificate.largestCost * problem.mass, scale, { relative: 1e-14 });
        },
      ),
    );
  });

  it('bounds every feasible plan from below, whatever the potentials: ⟨C,Q⟩ ≥ dual − M max(worst, 0)', () => {
    fc.assert(
      fc.property(
        knownTransportProblem(),
        fc.float64Array({ minLength: 60, maxLength: 60, min: -5, max: 5, noNaN: true }),
        (known, noise) => {
          const problem = createTransportProblem(known.geometry, { a: known.a, b: known.b });
          const f = noise.slice(0, known.a.length);
          const g = noise.slice(30, 30 + known.b.length);
          const { dual, worstViolation, primal } = certifyExact(
            problem,
            independentCoupling(problem.a, problem.b),
            f,
            g,
          );
          const bound = dual - problem.mass * Math.max(worstViolation, 0);
          const rounding = 1e-12 * (known.scale + 10 * problem.mass);
          expect(known.cost).toBeGreaterThanOrEqual(bound - rounding);
          expect(primal).toBeGreaterThanOrEqual(known.cost - rounding);
        },
      ),
    );
  });

  it('sees a plan that is not optimal: its gap is what it costs too much', () => {
    const problem = createTransportProblem(pointClouds([[0], [1]], [[0], [1]]));
    const crossed = {
      kind: 'permutation',
      rows: 2,
      columns: 2,
      columnOfRow: Int32Array.of(1, 0),
      massPerPair: 0.5,
    } as const;
    expect(certifyExact(problem, crossed, new Float64Array(2), new Float64Array(2))).toEqual({
      primal: 1,
      dual: 0,
      gap: 1,
      worstViolation: 0,
      marginalError: 0,
      smallestMass: 0.5,
      largestCost: 1,
    });
  });

  it('sees a permutation that uses a column twice', () => {
    const problem = createTransportProblem(pointClouds([[0], [1]], [[0], [1]]));
    const doubled = {
      kind: 'permutation',
      rows: 2,
      columns: 2,
      columnOfRow: Int32Array.of(1, 1),
      massPerPair: 0.5,
    } as const;
    expect(certifyExact(problem, doubled, new Float64Array(2), new Float64Array(2)).marginalError).toBe(0.5);
  });

  it('sees negative mass', () => {
    const problem = createTransportProblem(
      costMatrix([
        [0, 0],
        [0, 0],
      ]),
    );
    const plan = Float64Array.of(0.75, -0.25, -0.25, 0.75);
    const coupling = { kind: 'dense', rows: 2, columns: 2, plan } as const;
    const certificate = certifyExact(problem, coupling, new Float64Array(2), new Float64Array(2));
    expect(certificate).toMatchObject({ smallestMass: -0.25, marginalError: 0 });
  });

  it('sees a single violated pair among a million', () => {
    const count = 1000;
    const x = Float64Array.from({ length: count }, (_, i) => i);
    const problem = createTransportProblem(pointClouds(x, x, { dim: 1 }));
    const columnOfRow = Int32Array.from(x);
    const coupling = { kind: 'permutation', rows: count, columns: count, columnOfRow, massPerPair: 1 / count } as const;
    const f = new Float64Array(count);
    f[777] = 1e-9;
    expect(certifyExact(problem, coupling, f, new Float64Array(count)).worstViolation).toBe(1e-9);
    expect(certifyExact(problem, coupling, f, new Float64Array(count)).largestCost).toBe(999 ** 2);
  });

  it('resolves a gap far below the last digit of primal and dual', () => {
    const problem = createTransportProblem(costMatrix([[2 ** 40]]), { a: [1], b: [1] });
    const coupling = {
      kind: 'permutation',
      rows: 1,
      columns: 1,
      columnOfRow: Int32Array.of(0),
      massPerPair: 1,
    } as const;
    const { gap } = certifyExact(problem, coupling, Float64Array.of(2 ** 40 - 2 ** -12), Float64Array.of(-(2 ** -30)));
    expect(gap).toBe(2 ** -12 + 2 ** -30);
  });

  it('refuses potentials that are not finite: a NaN would hide every violation', () => {
    const problem = createTransportProblem(costMatrix([[1]]));
    const coupling = independentCoupling([1], [1]);
    const zero = new Float64Array(1);
    expect(() => certifyExact(problem, coupling, Float64Array.of(NaN), zero)).toThrow(
      '"f[0]" expected a finite number, got NaN',
    );
    expect(() => certifyExact(problem, coupling, zero, Float64Array.of(-Infinity))).toThrow(RangeError);
    expect(() => certifyExact(problem, coupling, new Float64Array(2), zero)).toThrow('"f" expected length 1, got 2');
  });

  it('refuses couplings that name rows or columns that do not exist', () => {
    const problem = createTransportProblem(costMatrix([[1, 1]]));
    const entry = {
      kind: 'sparse',
      rows: 1,
      columns: 2,
      rowIndex: Int32Array.of(0),
      mass: Float64Array.of(1),
    } as const;
    const outside = { ...entry, columnIndex: Int32Array.of(2) };
    expect(() => certifyExact(problem, outside, new Float64Array(1), new Float64Array(2))).toThrow(
      '"column of an entry"',
    );
    expect(() =>
      certifyExact(problem, independentCoupling([1], [1]), new Float64Array(1), new Float64Array(2)),
    ).toThrow('"coupling" expected shape [1, 2], got [1, 1]');
  });

  it('counts the zeros of a matrix among its masses', () => {
    const problem = createTransportProblem(pointClouds([[0], [1]], [[0], [1]]));
    const coupling = { kind: 'dense', rows: 2, columns: 2, plan: Float64Array.of(0.5, 0, 0, 0.5) } as const;
    expect(certifyExact(problem, coupling, new Float64Array(2), new Float64Array(2)).smallestMass).toBe(0);
  });

  it('refuses what is no problem', () => {
    const zero = new Float64Array(1);
    const coupling = { kind: 'dense', rows: 1, columns: 1, plan: Float64Array.of(1) } as const;
    for (const wrong of [undefined, null, {}, costMatrix([[1]])]) {
      expect(() => certifyExact(wrong as never, coupling, zero, zero)).toThrow('"problem" expected a problem from');
    }
  });
});
