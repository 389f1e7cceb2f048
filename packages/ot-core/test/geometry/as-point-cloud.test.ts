import { describe, expect, it } from 'vitest';
import { asPointCloud, type PointsInput } from '../../src/index.js';

describe('asPointCloud', () => {
  const expected = { points: Float64Array.of(1, 2, 3, 4, 5, 6), count: 3, dim: 2 };

  it.each<[string, PointsInput]>([
    [
      'rows',
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ],
    ['typed rows', [Float32Array.of(1, 2), Int16Array.of(3, 4), [5, 6]]],
    ['a flat array', [1, 2, 3, 4, 5, 6]],
    ['a flat typed array', Float32Array.of(1, 2, 3, 4, 5, 6)],
    ['numbers with a shape', { data: [1, 2, 3, 4, 5, 6], shape: [3, 2] }],
    ['a point cloud', { points: Float64Array.of(1, 2, 3, 4, 5, 6), count: 3, dim: 2 }],
  ])('reads %s', (_, input) => {
    expect(asPointCloud('x', input, 2)).toEqual(expected);
  });

  it('reads a shape of one axis as points on the line', () => {
    expect(asPointCloud('x', { data: [1, 2, 3], shape: [3] })).toEqual({
      points: Float64Array.of(1, 2, 3),
      count: 3,
      dim: 1,
    });
  });

  it('copies: neither the input nor the cloud sees changes of the other', () => {
    const points = Float64Array.of(1, 2);
    const cloud = asPointCloud('x', { points, count: 1, dim: 2 });
    points[0] = 7;
    cloud.points[1] = 8;
    expect(cloud.points).toEqual(Float64Array.of(1, 8));
    expect(points).toEqual(Float64Array.of(7, 2));
  });

  it('names the row that is ragged', () => {
    expect(() => asPointCloud('x', [[1, 2], [3]])).toThrow(new RangeError('"x[1]" expected length 2, got 1'));
  });

  it('names the coordinate that is not finite', () => {
    expect(() =>
      asPointCloud('x', [
        [1, 2],
        [3, NaN],
      ]),
    ).toThrow(new RangeError('"x[1][1]" expected a finite number, got NaN'));
    expect(() => asPointCloud('x', [1, -Infinity], 1)).toThrow(
      new RangeError('"x[1]" expected a finite number, got -Infinity'),
    );
    expect(() => asPointCloud('x', { data: Float64Array.of(NaN), shape: [1] })).toThrow('"x.data[0]"');
  });

  it('refuses coordinates that are no numbers', () => {
    expect(() => asPointCloud('x', [[1, '2']] as never)).toThrow(
      new TypeError('"x[0][1]" expected a finite number, got "2"'),
    );
    expect(() => asPointCloud('x', [[1], null] as never)).toThrow(TypeError);
    expect(() => asPointCloud('x', new BigInt64Array(2) as never, 1)).toThrow(TypeError);
  });

  it('refuses clouds without points or without coordinates', () => {
    expect(() => asPointCloud('x', [])).toThrow(new RangeError('"x" expected at least one point, got none'));
    expect(() => asPointCloud('x', [[]])).toThrow(RangeError);
    expect(() => asPointCloud('x', { points: [], count: 0, dim: 2 })).toThrow(RangeError);
    expect(() => asPointCloud('x', { data: [], shape: [0, 2] })).toThrow(RangeError);
  });

  it('asks for the dimension of a flat array, and checks it against the length', () => {
    expect(() => asPointCloud('x', [1, 2])).toThrow('"x" expected the option "dim" beside a flat array');
    expect(() => asPointCloud('x', [1, 2, 3], 2)).toThrow('"x" expected a length that is a multiple of dim = 2, got 3');
    expect(() => asPointCloud('x', [1, 2], 0)).toThrow(RangeError);
    expect(() => asPointCloud('x', [1, 2], 1.5)).toThrow(RangeError);
  });

  it('checks a stated dimension against inputs that bring their own', () => {
    expect(() => asPointCloud('x', [[1, 2]], 3)).toThrow('"x" expected points of dimension 3, got dimension 2');
  });

  it('refuses lengths and shapes that do not fit', () => {
    expect(() => asPointCloud('x', { points: [1, 2, 3], count: 2, dim: 2 })).toThrow(
      '"x.points" expected length 4, got 3',
    );
    expect(() => asPointCloud('x', { data: [1, 2, 3], shape: [2, 2] })).toThrow('"x.data" expected length 4, got 3');
    expect(() => asPointCloud('x', { data: [1], shape: [1, 1, 1] })).toThrow(
      '"x.shape" expected [count, dim] or [count]',
    );
    expect(() => asPointCloud('x', { data: [1], shape: [1.5] })).toThrow(RangeError);
  });

  it.each([undefined, null, 3, 'points', {}, () => 0])('refuses %s, which is no set of points', (input) => {
    expect(() => asPointCloud('x', input as never)).toThrow(TypeError);
  });
});
