import { createRng, fillNormal } from '@brenier/random';
import { expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slicedWasserstein2, wasserstein2 } from '../src/index.js';

const rng = createRng(3);
const cloud = fc.array(fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 3, maxLength: 3 }), {
  minLength: 1,
  maxLength: 10,
});

describe('slicedWasserstein2', () => {
  it('never exceeds the Wasserstein distance', () => {
    fc.assert(
      fc.property(cloud, cloud, (x, y) => {
        const { squared } = slicedWasserstein2(rng, x, y, { numProjections: 16 });
        // Both are exact to 1e-12 of the largest squared distance, 1200.
        expect(squared).toBeLessThanOrEqual(wasserstein2(x, y).squared + 1e-8);
      }),
    );
  });

  it('is ‖b‖²/dim between translates, within its standard error', () => {
    const x = fillNormal(createRng(0), new Float64Array(300));
    const y = x.map((each, j) => each + [3, 0, 4][j % 3]);
    const { value, squared, standardError } = slicedWasserstein2(rng, x, y, { dim: 3, numProjections: 4000 });
    expect(Math.abs(squared - 25 / 3)).toBeLessThan(4 * standardError);
    expect(standardError).toBeLessThan(0.2);
    expectClose(value * value, squared);
  });

  it('is the Wasserstein distance itself on the line', () => {
    const x = fillNormal(createRng(1), new Float64Array(50));
    const y = fillNormal(createRng(2), new Float64Array(40), { mean: 2 });
    const expected = wasserstein2(x, y, { dim: 1 });
    expectClose(slicedWasserstein2(rng, x, y, { dim: 1, numProjections: 3 }).value, expected.value, { relative: 1e-9 });
  });

  it('has the same directions for the same generator, which it leaves where it was', () => {
    const [x, y] = [
      [
        [0, 0],
        [1, 2],
      ],
      [
        [3, 1],
        [0, 4],
      ],
    ];
    const before = rng.snapshot();
    const first = slicedWasserstein2(rng, x, y);
    expect(rng.snapshot()).toEqual(before);
    expect(slicedWasserstein2(rng, x, y)).toEqual(first);
    expect(slicedWasserstein2(createRng(4), x, y)).not.toEqual(first);
    expect(slicedWasserstein2(rng, x, y, { numProjections: 1 }).standardError).toBe(Infinity);
  });

  it('refuses arguments that are not valid', () => {
    expect(() => slicedWasserstein2(null as never, [[0]], [[1]])).toThrow(TypeError);
    expect(() => slicedWasserstein2(rng, [[NaN]], [[1]])).toThrow(RangeError);
    expect(() => slicedWasserstein2(rng, [], [[1]])).toThrow(RangeError);
    expect(() => slicedWasserstein2(rng, [[0, 1]], [[1]])).toThrow(RangeError);
    expect(() => slicedWasserstein2(rng, [[0]], [[1]], { numProjections: 0 })).toThrow('"numProjections"');
    expect(() => slicedWasserstein2(rng, [[0]], [[1]], { p: 1 } as never)).toThrow('got "p"');
  });
});
