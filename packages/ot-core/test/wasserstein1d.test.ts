import { expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emd, wasserstein1d, wasserstein1dCost } from '../src/index.js';

const values = (maxLength = 12) =>
  fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -5, max: 5, noNaN: true })), {
    minLength: 1,
    maxLength,
  });
const powers = fc.constantFrom(1, 1.5, 2, 4);

/** Weights with zeros and ties, one for each value, of total 1; none but the first is sure to be positive. */
function weightsFor(count: number, seed: number): number[] {
  const raw = Array.from({ length: count }, (_, i) => (i === 0 ? 1 : ((seed >>> (i % 16)) + i) % 4));
  const sum = raw.reduce((total, each) => total + each, 0);
  return raw.map((each) => each / sum);
}

describe('wasserstein1d', () => {
  it('solves small problems by hand', () => {
    // x = [2, 0] to y = [0, 3]: 0 stays, 2 goes to 3, (0 + 1)/2; W1 of a shift by one is one
    expect(wasserstein1d([2, 0], [0, 3], { p: 2 }).cost).toBe(0.5);
    expect(wasserstein1d([2, 0], [0, 3]).distance).toBe(Math.sqrt(0.5));
    expectClose(wasserstein1d([0, 1, 2], [1, 2, 3], { p: 1 }).distance, 1);
    // half of the mass moves by one
    expect(wasserstein1d([0, 1], [0], { p: 1, a: [0.5, 0.5], b: [1] }).cost).toBe(0.5);
    expect(wasserstein1dCost([0, 1], [0], { p: 1, a: [0.5, 0.5], b: [1] })).toBe(0.5);
  });

  it('proves every answer: feasible potentials over all pairs, no gap, exact marginals', () => {
    fc.assert(
      fc.property(values(), values(), powers, fc.integer(), (x, y, p, seed) => {
        const a = weightsFor(x.length, seed);
        const b = weightsFor(y.length, seed >> 3);
        const { cost, certificate, f, g, coupling, iterations } = wasserstein1d(x, y, { p, a, b });
        const scale = certificate.largestCost;
        let worst = -Infinity;
        for (let i = 0; i < x.length; i++) {
          for (let j = 0; j < y.length; j++) worst = Math.max(worst, f[i] + g[j] - Math.abs(x[i] - y[j]) ** p);
        }
        // each potential is a sum of at most 24 costs, rounded to 1e-16
        expect(worst).toBeLessThanOrEqual(1e-14 * scale);
        expectClose(certificate.worstViolation, worst, { relative: 0, absolute: 1e-14 * scale });
        expect(Math.abs(certificate.gap)).toBeLessThanOrEqual(1e-14 * scale);
        expect(certificate.marginalError).toBeLessThanOrEqual(1e-14);
        expect(certificate.smallestMass).toBeGreaterThan(0);
        expectClose(wasserstein1dCost(x, y, { p, a, b }), cost, { relative: 1e-13, absolute: 1e-300 });
        expect(coupling.mass.length).toBeLessThanOrEqual(iterations);
      }),
    );
  });

  it('agrees with the network simplex', () => {
    fc.assert(
      fc.property(values(), values(), (x, y) => {
        const exact = emd(x, y, { dim: 1 });
        expectClose(wasserstein1d(x, y).cost, exact.cost, {
          relative: 1e-12,
          absolute: 1e-14 * exact.certificate.largestCost,
        });
      }),
    );
  });

  it('is symmetric, and scales like the p-th power', () => {
    fc.assert(
      fc.property(values(), values(), powers, (x, y, p) => {
        const { cost, distance, certificate } = wasserstein1d(x, y, { p });
        expectClose(wasserstein1d(y, x, { p }).cost, cost, {
          relative: 1e-13,
          absolute: 1e-15 * certificate.largestCost,
        });
        const doubled = wasserstein1d(
          x.map((each) => 2 * each),
          y.map((each) => 2 * each),
          { p },
        );
        expectClose(doubled.distance, 2 * distance, { relative: 1e-13, absolute: 1e-300 });
      }),
    );
  });

  it('gives the entries by row, then column, and a permutation for equal counts', () => {
    const { coupling } = wasserstein1d([3, 1, 2], [10, 30, 20], { p: 1.5 });
    expect(Array.from(coupling.rowIndex)).toEqual([0, 1, 2]);
    expect(Array.from(coupling.columnIndex)).toEqual([1, 0, 2]);
    const { rowIndex, columnIndex } = wasserstein1d([1], [2, 0, 1]).coupling;
    expect([Array.from(rowIndex), Array.from(columnIndex)]).toEqual([
      [0, 0, 0],
      [0, 1, 2],
    ]);
  });

  it('keeps its digits at a huge offset, among duplicates and with masses that are no probabilities', () => {
    const offset = 2 ** 40;
    expectClose(wasserstein1d([offset, offset + 1], [offset + 2, offset + 3]).cost, 4);
    const { cost, certificate } = wasserstein1d([5, 5, 5], [5, 5, 7], { a: [2, 2, 2], b: [1, 2, 3] });
    expect(cost).toBe(12);
    expect(certificate.worstViolation).toBe(0);
  });

  it('takes a hundred thousand numbers', () => {
    const x = Float64Array.from({ length: 100_000 }, (_, i) => ((i * 7919) % 100_003) / 100_003);
    const result = wasserstein1d(
      x,
      x.map((each) => each + 0.25),
    );
    expectClose(result.cost, 0.0625, { relative: 1e-12 });
    expect(result.certificate.worstViolation).toBeLessThanOrEqual(1e-12);
  });

  it('forms no squares for p = 1: distances up to 1e289, and down to 1e-300', () => {
    for (const size of [1e150, 1e289, 1e-170, 1e-300]) {
      expect(wasserstein1d([size], [-size], { p: 1 }).distance).toBe(2 * size);
      expect(wasserstein1dCost([size], [-size], { p: 1 })).toBe(2 * size);
    }
  });

  it('refuses masses whose products with costs leave the range of a float64', () => {
    expect(() => wasserstein1d([1], [2], { a: [1e-280] })).toThrow('expected a total mass in [1e-270, 1e+290]');
    expect(() => wasserstein1d([0], [1e100], { a: [1e100] })).toThrow('"a, b" expected a total mass below 1e+290 /');
    expect(wasserstein1d([0], [1e100], { p: 1, a: [1e100] }).cost).toBe(1e200);
  });

  it('refuses what it cannot solve, naming the argument', () => {
    expect(() => wasserstein1d([], [1])).toThrow('"x" expected at least one point');
    expect(() => wasserstein1d([NaN], [1])).toThrow('"x[0]"');
    expect(() => wasserstein1d([1], [Infinity])).toThrow('"y[0]"');
    expect(() => wasserstein1d([[1, 2]], [[1, 2]])).toThrow('"x" expected points of dimension 1');
    expect(() => wasserstein1d([1], [2], { p: 0.5 })).toThrow('"p" expected a finite number >= 1, got 0.5');
    expect(() => wasserstein1d([1], [2], { p: Infinity })).toThrow('"p"');
    expect(() => wasserstein1d([1], [2], { a: [-1] })).toThrow('"a[0]"');
    expect(() => wasserstein1d([1, 2], [2], { a: [0, 0] })).toThrow('"a"');
    expect(() => wasserstein1d([1], [2], { a: [1], b: [2] })).toThrow('"b"');
    expect(() => wasserstein1d([1e200], [-1e200], { p: 2 })).toThrow('rescale');
    expect(() => wasserstein1d([1], [2], { q: 1 } as object)).toThrow('got "q"');
  });
});
