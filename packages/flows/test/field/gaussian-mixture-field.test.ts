import { expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { gaussianField, gaussianMixtureField, independentComponents, type JointComponent } from '../../src/index.js';
import { logDensityAt, valuesOf } from './field-values.js';
import { correlatedPair } from './sample-fields.js';

const toPoint = (weight: number, at: number): JointComponent => ({
  ...{ weight, mean0: [0], mean1: [at], covariance0: 1, covariance1: 0 },
});

describe('gaussianMixtureField', () => {
  it('of a single component is the Gaussian field, and so it is of a component split in two', () => {
    const whole = valuesOf(gaussianField(correlatedPair), [1, 2, -3, 0], 0.4);
    expect(valuesOf(gaussianMixtureField([{ ...correlatedPair, weight: 7 }]), [1, 2, -3, 0], 0.4)).toEqual(whole);
    const split = [1, 3].map((weight) => ({ ...correlatedPair, weight }));
    expectAllClose(valuesOf(gaussianMixtureField(split), [1, 2, -3, 0], 0.4), whole, { relative: 1e-15 });
  });

  it('sees weights up to their sum, and leaves out components of weight 0', () => {
    const values = (components: JointComponent[]) => valuesOf(gaussianMixtureField(components), [0.3], 0.5);
    const expected = values([toPoint(0.25, -1), toPoint(0.75, 1)]);
    expectAllClose(values([toPoint(1e-200, -1), toPoint(3e-200, 1)]), expected, { relative: 1e-14 });
    const nowhere = { ...toPoint(0, 0), covariance0: 0 };
    expect(values([toPoint(1, -1), nowhere, toPoint(3, 1)])).toEqual(expected);
  });

  it('is the field of the nearest component where densities underflow', () => {
    const field = gaussianMixtureField([toPoint(0.5, -1), toPoint(0.5, 1)]);
    // Both densities are 0 in float64 here, 1e8 standard deviations away; their ratio decides.
    const t = 1 - 1e-6;
    expectClose(valuesOf(field, [100], t)[0], (1 - 100) / (1 - t), { relative: 1e-9 });
    expect(Number.isFinite(logDensityAt(field, [100], t))).toBe(true);
    expect(valuesOf(field, [1e150], 0.5).every(Number.isFinite)).toBe(true);
  });

  it('refuses a time at which any component has no density', () => {
    const field = gaussianMixtureField([toPoint(1, 0), { ...toPoint(1, 2), covariance1: 1 }]);
    expect(() => valuesOf(field, [0], 1)).toThrow('"t" expected a time at which X_t has a density, got 1');
    expect(valuesOf(field, [0], 0.5).every(Number.isFinite)).toBe(true);
  });

  it('refuses what is no mixture, naming it', () => {
    expect(() => gaussianMixtureField([])).toThrow('"components" expected an array of at least one');
    expect(() => gaussianMixtureField({} as never)).toThrow(TypeError);
    expect(() => gaussianMixtureField([toPoint(-1, 0)])).toThrow('"components[0].weight"');
    const weightless = { ...toPoint(1, 0), weight: undefined as never };
    expect(() => gaussianMixtureField([weightless])).toThrow('"components[0].weight" expected a finite number');
    expect(() => gaussianMixtureField([toPoint(1, 0), weightless])).toThrow('"components[1].weight"');
    expect(() => gaussianMixtureField([toPoint(0, 0)])).toThrow(RangeError);
    expect(() => gaussianMixtureField([toPoint(1, NaN)])).toThrow('"components[0].mean1[0]"');
    expect(() => gaussianMixtureField([{ ...toPoint(1, 0), mean: [0] } as never])).toThrow('got "mean"');
    expect(() => gaussianMixtureField([{ ...toPoint(1, 0), covariance1: -1 }])).toThrow('"components[0].covariance1"');
    expect(() => gaussianMixtureField([toPoint(1, 0), { ...correlatedPair, weight: 1 }])).toThrow(
      '"components[1].mean0" expected length 1, as in the first component, got 2',
    );
    expect(() => gaussianMixtureField([toPoint(1, 0)], { sigma: 1 } as never)).toThrow('got "sigma"');
  });
});

describe('independentComponents', () => {
  const gaussian = (mean: number[]) => ({ weight: 2, mean, covariance: 1 });

  it('pairs every component with every other, the weights multiplied', () => {
    const pairs = independentComponents([gaussian([0]), gaussian([1])], [gaussian([2]), gaussian([3]), gaussian([4])]);
    expect(pairs.map(({ mean0, mean1 }) => [mean0, mean1].flat())).toEqual([
      [0, 2],
      [0, 3],
      [0, 4],
      [1, 2],
      [1, 3],
      [1, 4],
    ]);
    expect(pairs.every(({ weight }) => weight === 4)).toBe(true);
    expect(pairs.every((pair) => !('crossCovariance' in pair))).toBe(true);
  });

  it('refuses what is no mixture', () => {
    expect(() => independentComponents({} as never, [gaussian([0])])).toThrow('"source" expected an array');
    expect(() => independentComponents([gaussian([0])], [{ ...gaussian([0]), weight: -1 }])).toThrow(
      '"target[0].weight"',
    );
    expect(() => independentComponents([{ ...gaussian([0]), sd: 1 } as never], [])).toThrow('got "sd"');
  });
});
