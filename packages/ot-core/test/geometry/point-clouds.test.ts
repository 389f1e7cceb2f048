import { describe, expect, it } from 'vitest';
import { costAt, pointClouds } from '../../src/index.js';

describe('pointClouds', () => {
  it('pays the squared distance, without ½, unless told otherwise', () => {
    const geometry = pointClouds(
      [
        [0, 0],
        [1, 1],
      ],
      [[3, 4]],
    );
    expect(geometry).toMatchObject({ kind: 'point-cloud', cost: 'squared-euclidean', rows: 2, columns: 1 });
    expect(costAt(geometry, 0, 0)).toBe(25);
    expect(costAt(geometry, 1, 0)).toBe(13);
  });

  it('pays the distance where asked to', () => {
    expect(costAt(pointClouds([[0, 0]], [[3, 4]], { cost: 'euclidean' }), 0, 0)).toBe(5);
  });

  it('is frozen, and survives structured cloning', () => {
    const geometry = pointClouds([[0]], [[1]]);
    expect(Object.isFrozen(geometry)).toBe(true);
    expect(Object.isFrozen(geometry.x)).toBe(true);
    expect(structuredClone(geometry)).toEqual(geometry);
  });

  it('loses no digits to a common offset', () => {
    const geometry = pointClouds([[2 ** 40 + 0.5]], [[2 ** 40 - 0.25]]);
    expect(costAt(geometry, 0, 0)).toBe(0.5625);
  });

  it('refuses clouds of different dimensions', () => {
    expect(() => pointClouds([[0]], [[1, 2]])).toThrow('"y" expected points of dimension 1 like "x", got dimension 2');
  });

  it('refuses clouds so far apart that costs overflow', () => {
    expect(() => pointClouds([[1e200]], [[-1e200]])).toThrow('"x, y" expected costs below');
    expect(() => pointClouds([[1e200]], [[-1e200]], { cost: 'euclidean' })).toThrow(RangeError);
    expect(costAt(pointClouds([[1e100]], [[-1e100]]), 0, 0)).toBe(4e200);
  });

  it('refuses costs and options that it does not know', () => {
    expect(() => pointClouds([[0]], [[1]], { cost: 'manhattan' as never })).toThrow(
      '"cost" expected "squared-euclidean", "euclidean" or { p, power }, got "manhattan"',
    );
    expect(() => pointClouds([[0]], [[1]], { metric: 'euclidean' } as never)).toThrow('got "metric"');
  });
});

describe('costAt', () => {
  it.each([-1, 1, 0.5, NaN])('refuses row %s of a geometry with one row', (i) => {
    expect(() => costAt(pointClouds([[0]], [[1]]), i, 0)).toThrow(RangeError);
  });

  it('is asked for by costAt', () => {
    for (const value of [undefined, null, {}, [[1]]]) {
      expect(() => costAt(value as never, 0, 0)).toThrow(
        '"geometry" expected a geometry from pointClouds or costMatrix',
      );
    }
  });
});
