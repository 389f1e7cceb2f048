import { pow } from '@brenier/elementary';
import { createRng, fillNormal } from '@brenier/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costAt, pointClouds, type NormCost, type PointCost } from '../../src/index.js';
import { fillCostRow } from '../../src/geometry/cost-row.js';

function costOf(x: number[], y: number[], cost: PointCost): number {
  return costAt(pointClouds([x], [y], { cost }), 0, 0);
}

describe('a power of a p-norm as cost', () => {
  it.each<[NormCost, number]>([
    [{ p: 1 }, 7],
    [{ p: 1, power: 2 }, 49],
    [{ p: 2 }, 5],
    [{ p: 2, power: 2 }, 25],
    [{ p: 2, power: 3 }, 125],
    [{ p: 3, power: 3 }, 91],
    [{ p: 4, power: 4 }, 337],
    [{ p: 5, power: 5 }, 1267],
    [{ p: Infinity }, 4],
    [{ p: Infinity, power: 3 }, 64],
    [{ p: Infinity, power: 0.5 }, 2],
    [{ p: 1e300 }, 4],
  ])('of (3, −4) is exact where it is a whole number: %o', (cost, expected) => {
    expect(costOf([0, 0], [3, -4], cost)).toBe(expected);
    // A common offset of the points costs no digits.
    expect(costOf([2 ** 40, -(2 ** 40)], [2 ** 40 + 3, -(2 ** 40) - 4], cost)).toBe(expected);
  });

  it('has 1 as its power by default', () => {
    expect(pointClouds([[0, 0]], [[1, 1]], { cost: { p: 3 } }).cost).toEqual({ p: 3, power: 1 });
  });

  it('goes by its name where it has one: the p-norms of the line are all the same', () => {
    const nameOf = (dim: number, cost: NormCost): unknown => {
      return pointClouds([new Float64Array(dim)], [new Float64Array(dim)], { cost }).cost;
    };
    expect(nameOf(3, { p: 2 })).toBe('euclidean');
    expect(nameOf(3, { p: 2, power: 2 })).toBe('squared-euclidean');
    expect(nameOf(1, { p: 1 })).toBe('euclidean');
    expect(nameOf(1, { p: Infinity, power: 2 })).toBe('squared-euclidean');
    expect(nameOf(1, { p: 1, power: 3 })).toEqual({ p: 1, power: 3 });
  });

  it('is copied and frozen, and survives structured cloning', () => {
    const cost = { p: 3, power: 2 };
    const geometry = pointClouds([[0, 0]], [[1, 1]], { cost });
    cost.p = 1;
    expect(geometry.cost).toEqual({ p: 3, power: 2 });
    expect(Object.isFrozen(geometry.cost)).toBe(true);
    expect(structuredClone(geometry)).toEqual(geometry);
  });

  it('keeps its digits where a power would leave the range of a float64', () => {
    for (const size of [1e-250, 1e250]) {
      // ‖(1, 1)‖₃ = 2^(1/3).
      expect(costOf([0, 0], [size, -size], { p: 3 })).toBe(size * pow(2, 1 / 3));
      expect(costOf([0, 0], [size, -size], { p: 1 })).toBe(2 * size);
      expect(costOf([0, 0], [size, -size], { p: Infinity, power: 0.5 })).toBe(Math.sqrt(size));
    }
  });

  it('is 0 between equal points, and below 5e-324', () => {
    for (const p of [1, 1.5, 2, 3, Infinity]) {
      for (const power of [0.5, 1, 3]) expect(costOf([1, -2], [1, -2], { p, power })).toBe(0);
      expect(costOf([0, 0], [1e-200, 0], { p, power: 3 })).toBe(0);
    }
  });

  it('refuses points so far apart that costs overflow, or their differences', () => {
    const far = (size: number, cost: NormCost): unknown => pointClouds([[size, 0]], [[-size, 0]], { cost });
    expect(() => far(1e100, { p: 1, power: 3 })).toThrow('"x, y" expected costs below');
    expect(() => far(1e200, { p: 2, power: 0.5 })).toThrow(RangeError);
    for (const p of [1, 3, Infinity]) {
      expect(() => far(1e308, { p, power: 0.5 })).toThrow(RangeError);
      expect(() => far(1e300, { p })).toThrow(RangeError);
    }
  });

  it.each<[unknown, typeof TypeError | typeof RangeError, string]>([
    [{ p: 0.5 }, RangeError, '"cost.p" expected a number >= 1, or Infinity, got 0.5'],
    [{ p: NaN }, RangeError, '"cost.p" expected a number >= 1, or Infinity, got NaN'],
    [{ p: '1' }, TypeError, '"cost.p" expected a number >= 1, or Infinity, got "1"'],
    [{ power: 2 }, TypeError, '"cost.p" expected a number >= 1, or Infinity, got undefined'],
    [{ p: 1, power: 0 }, RangeError, '"cost.power" expected a finite number > 0, got 0'],
    [{ p: 1, power: -1 }, RangeError, '"cost.power" expected a finite number > 0, got -1'],
    [{ p: 1, power: NaN }, RangeError, '"cost.power" expected a finite number > 0, got NaN'],
    [{ p: Infinity, power: Infinity }, RangeError, '"cost.power" expected a finite number > 0, got Infinity'],
    [{ p: 1, exponent: 2 }, RangeError, '"cost" expected only the options "p", "power", got "exponent"'],
    ['manhattan', RangeError, '"cost" expected "squared-euclidean", "euclidean" or { p, power }, got "manhattan"'],
    [2, TypeError, '"cost" expected "squared-euclidean", "euclidean" or { p, power }, got 2'],
    [null, TypeError, '"cost" expected "squared-euclidean", "euclidean" or { p, power }, got null'],
  ])('refuses %o', (cost, Kind, message) => {
    expect(() => pointClouds([[0, 1]], [[1, 0]], { cost: cost as never })).toThrow(new Kind(message));
  });

  it('does not grow with p, and comes to the largest difference', () => {
    const orders = [1, 1.2, 1.5, 2, 2.5, 3, 4, 7, 20, 400, 1e6, Infinity];
    fc.assert(
      fc.property(fc.integer({ min: 1 }), fc.integer({ min: 1, max: 9 }), (seed, dim) => {
        const x = fillNormal(createRng(seed), new Float64Array(dim));
        const costs = orders.map((p) => costOf([...x], new Array<number>(dim).fill(0), { p }));
        // Each is right to a few units of 2^-53 for every coordinate.
        for (let at = 1; at < costs.length; at++) expect(costs[at]).toBeLessThanOrEqual(costs[at - 1] * (1 + 1e-14));
        expect(costs[10] / costs[11]).toBeLessThan(1 + dim * 1e-6);
      }),
    );
  });

  it('fills rows with the bits of costAt', () => {
    const rng = createRng(4);
    const cloud = (count: number) => ({ points: fillNormal(rng, new Float64Array(count * 3)), count, dim: 3 });
    for (const p of [1, 1.5, 2, 3, Infinity]) {
      const geometry = pointClouds(cloud(2), cloud(5), { cost: { p, power: 1.5 } });
      const row = new Float64Array(5);
      fillCostRow(geometry, 1, row);
      expect([...row]).toEqual(Array.from(row, (_, j) => costAt(geometry, 1, j)));
    }
  });
});
