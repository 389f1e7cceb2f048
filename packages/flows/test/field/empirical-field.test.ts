import { createRng } from '@brenier/random';
import { emd, sinkhorn } from '@brenier/ot-core';
import { euler, integrate } from '@brenier/samplers';
import { expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import {
  brownianBridgeInterpolant,
  cloudSource,
  couplingPairs,
  empiricalField,
  exactPairing,
  gaussianMixtureField,
  gaussianToCloudField,
  linearInterpolant,
  lipmanInterpolant,
  type FinitePairs,
} from '../../src/index.js';
import { jacobianOf, logDensityAt, valuesOf } from './field-values.js';

const withNoise = (sigma: number) => ({ dim: 1, interpolant: linearInterpolant({ sigma }) });

describe('empiricalField', () => {
  it('is the mixture field of its pairs as points, noise and all', () => {
    const pairs = { x0: [0, 1, 2, -1, 0.5, 0], x1: [1, 1, -2, 0, 0, 3], weights: [1, 2, 5] };
    const interpolant = brownianBridgeInterpolant({ sigma: 0.7 });
    const asMixture = gaussianMixtureField(
      [0, 1, 2].map((i) => ({
        ...{
          weight: pairs.weights[i],
          mean0: pairs.x0.slice(2 * i, 2 * i + 2),
          mean1: pairs.x1.slice(2 * i, 2 * i + 2),
        },
        ...{ covariance0: 0, covariance1: 0 },
      })),
      { interpolant },
    );
    const field = empiricalField(pairs, { dim: 2, interpolant });
    for (const t of [1e-3, 0.4, 0.999]) {
      for (const x of [
        [0, 0],
        [1, 2],
      ]) {
        expectAllClose(valuesOf(field, x, t), valuesOf(asMixture, x, t), { relative: 1e-12 });
        expectAllClose(valuesOf(field.score, x, t), valuesOf(asMixture.score, x, t), { relative: 1e-12 });
        expectAllClose(jacobianOf(field, x, t), jacobianOf(asMixture, x, t), { relative: 1e-11, absolute: 1e-9 });
        expectClose(logDensityAt(field, x, t), logDensityAt(asMixture, x, t), { relative: 1e-12 });
      }
    }
  });

  it('of one pair moves straight, as noise or without', () => {
    for (const sigma of [0, 0.3]) {
      const field = empiricalField({ x0: [1], x1: [5] }, withNoise(sigma));
      expect(valuesOf(field, [-7, 1, 100], 0.3)).toEqual(Float64Array.of(4, 4, 4));
    }
  });

  it('takes duplicates and weights alike', () => {
    const twice = empiricalField({ x0: [0, 0, 1], x1: [1, 1, -1] }, withNoise(0.5));
    const heavier = empiricalField({ x0: [0, 1, 9], x1: [1, -1, 9], weights: [2, 1, 0] }, withNoise(0.5));
    expectAllClose(valuesOf(twice, [0.2, 0.8], 0.3), valuesOf(heavier, [0.2, 0.8], 0.3), { relative: 1e-14 });
  });

  it('is the field of the nearest pair where all densities underflow', () => {
    const field = empiricalField({ x0: [0, 10], x1: [1, 12] }, withNoise(1e-3));
    expect(valuesOf(field, [-1e6, 1e6], 0.5)).toEqual(Float64Array.of(1, 2));
  });

  it('without noise takes the velocity of the nearest pairs, averaged by mass where they meet', () => {
    const crossing: FinitePairs = { x0: [-1, 1, 5], x1: [1, -1, 5], weights: [3, 1, 1] };
    const field = empiricalField(crossing, withNoise(0));
    expect(valuesOf(field, [-0.3, 0.2, 4], 0.25)).toEqual(Float64Array.of(2, -2, 0));
    expectClose(valuesOf(field, [0], 0.5)[0], (3 * 2 - 1 * 2) / 4, { relative: 1e-15 });
    expect(valuesOf(field, [NaN], 0.5)).toEqual(Float64Array.of(NaN));
    for (const ask of [field.score.evaluate, field.logDensity]) {
      expect(() => ask(new Float64Array(1), 0.5, new Float64Array(1))).toThrow(
        '"t" expected a time at which the path has a density',
      );
    }
    expect(() => jacobianOf(field, [0], 0.5)).toThrow(RangeError);
  });

  it('is the limit of little noise there', () => {
    const pairs = { x0: [-1, 1, 5], x1: [1, -1, 5], weights: [3, 1, 1] };
    const [without, little] = [0, 1e-4].map((sigma) => empiricalField(pairs, withNoise(sigma)));
    expectAllClose(valuesOf(little, [-0.4, 0, 0.1, 4], 0.5), valuesOf(without, [-0.4, 0, 0.1, 4], 0.5), {
      relative: 1e-12,
    });
  });

  it('has no velocity where noise sets in like √t, and one right after', () => {
    const field = empiricalField({ x0: [0, 1], x1: [1, 0] }, { dim: 1, interpolant: brownianBridgeInterpolant() });
    expect(() => valuesOf(field, [0], 0)).toThrow('got 0: its noise is 0 there');
    expect(() => valuesOf(field, [0], 1)).toThrow(RangeError);
    expect(valuesOf(field, [0.1], 1e-12).every(Number.isFinite)).toBe(true);
  });

  it('carries one end of an optimal minibatch to the other in one step', () => {
    const rng = createRng('pairs');
    const ring = (radius: number) => ({
      points: Float64Array.from({ length: 40 }, (_, at) => radius * (at % 2 ? Math.sin : Math.cos)(at >> 1)),
      ...{ count: 20, dim: 2 },
    });
    const pairs = exactPairing(cloudSource(ring(1)), cloudSource(ring(3))).draw(rng, 30);
    const field = empiricalField(pairs, { dim: 2, interpolant: linearInterpolant() });
    const { final } = integrate(field, pairs.x0, { method: euler(), numSteps: 10 });
    // Starts that were drawn twice have two ends: their field takes the mean at 0 and one of them afterwards.
    const isDouble = (i: number) =>
      pairs.x0.some(
        (x, at) => at % 2 === 0 && at !== 2 * i && x === pairs.x0[2 * i] && pairs.x0[at + 1] === pairs.x0[2 * i + 1],
      );
    const single = Array.from({ length: 30 }, (_, i) => i).filter((i) => !isDouble(i));
    expect(single.length).toBeGreaterThan(3);
    for (const i of single)
      expectAllClose(final.subarray(2 * i, 2 * i + 2), pairs.x1.subarray(2 * i, 2 * i + 2), { relative: 1e-13 });
  });

  it('takes pairs that have classes, and does not look at these', () => {
    const pairs = { x0: [-1, 1], x1: [1, 2] };
    const labelled = empiricalField({ ...pairs, label: [0, 1] }, withNoise(1));
    expect(valuesOf(labelled, [0.3], 0.5)).toEqual(valuesOf(empiricalField(pairs, withNoise(1)), [0.3], 0.5));
  });

  it('refuses an interpolant that gives nothing', () => {
    const field = empiricalField({ x0: [1], x1: [1] }, { dim: 1, interpolant: { at: () => null as never } });
    expect(() => valuesOf(field, [0], 0.5)).toThrow('"interpolant.at(0.5).alpha" expected a finite number');
  });

  it('refuses what are no pairs, naming them', () => {
    const options = withNoise(1);
    expect(() => empiricalField({ x0: [], x1: [] }, options)).toThrow('"pairs.x0" expected at least one row of 1');
    expect(() => empiricalField({ x0: [1, 2], x1: [1] }, options)).toThrow('"pairs.x1" expected length 2, got 1');
    expect(() => empiricalField({ x0: [1, 2, 3], x1: [1, 2, 3] }, { ...options, dim: 2 })).toThrow(
      '"pairs.x0" expected at least one row of 2 coordinates, got length 3',
    );
    expect(() => empiricalField({ x0: [NaN], x1: [1] }, options)).toThrow('"pairs.x0[0]"');
    expect(() => empiricalField({ x0: [1], x1: [Infinity] }, options)).toThrow('"pairs.x1[0]"');
    expect(() => empiricalField({ x0: [1], x1: [1], weights: [0] }, options)).toThrow('"pairs.weights"');
    expect(() => empiricalField({ x0: [1], x1: [1], weights: [-1] }, options)).toThrow('"pairs.weights[0]"');
    expect(() => empiricalField({ x0: [1, 2], x1: [1, 2], weight: [9, 1] } as never, options)).toThrow('got "weight"');
    expect(() => empiricalField(null as never, options)).toThrow('"pairs" expected { x0, x1 }');
    expect(() => empiricalField({ x0: [1], x1: [1] }, { dim: 1 } as never)).toThrow('"interpolant"');
    expect(() => empiricalField({ x0: [1], x1: [1] }, { ...options, sigma: 1 } as never)).toThrow('got "sigma"');
  });
});

describe('couplingPairs', () => {
  const x = { points: [0, 1, 2], count: 3, dim: 1 };
  const y = { points: [5, 7], count: 2, dim: 1 };

  it('lists the pairs of a plan with their masses, whatever its form', () => {
    const sparse = couplingPairs(emd(x, y).coupling, x, y);
    expectAllClose(sparse.weights, [1 / 3, 1 / 6, 1 / 6, 1 / 3], { relative: 1e-14 });
    expect([sparse.x0, sparse.x1]).toEqual([Float64Array.of(0, 1, 1, 2), Float64Array.of(5, 5, 7, 7)]);
    const implicit = couplingPairs(sinkhorn(x, y, { epsilon: 1 }).coupling, x, y);
    expect(implicit.x0).toEqual(Float64Array.of(0, 0, 1, 1, 2, 2));
    expectClose(
      implicit.weights.reduce((sum, mass) => sum + mass, 0),
      1,
      { relative: 1e-12 },
    );
  });

  it('refuses clouds that are not those of the coupling', () => {
    const { coupling } = emd(x, y);
    expect(() => couplingPairs(coupling, y, y)).toThrow('"source" expected 3 points, as the coupling has, got 2');
    expect(() => couplingPairs(coupling, x, x)).toThrow('"target" expected 2 points');
    expect(() => couplingPairs(coupling, x, { points: [1, 2], count: 1, dim: 2 })).toThrow(RangeError);
    expect(() => couplingPairs({} as never, x, y)).toThrow();
  });
});

describe('gaussianToCloudField', () => {
  it('is the empirical field of one start with the width of the source as noise', () => {
    // x_t = (1−(1−σ)t)ε + t·x₁ has noise of variance (1−(1−σ)t)², as a source of N(0, I) along Lipman's path.
    const cloud = { points: [-1, 2, 0], count: 3, dim: 1 };
    const sigma = 0.2;
    const field = gaussianToCloudField(cloud, { interpolant: lipmanInterpolant({ sigma }) });
    const noise = {
      at: (t: number) => ({ alpha: 0, beta: t, gamma: 1 - (1 - sigma) * t, dAlpha: 0, dBeta: 1, dGamma: sigma - 1 }),
    };
    const expected = empiricalField({ x0: [0, 0, 0], x1: cloud.points }, { dim: 1, interpolant: noise });
    for (const t of [0, 0.5, 1])
      expectAllClose(valuesOf(field, [0.3, -2], t), valuesOf(expected, [0.3, -2], t), { relative: 1e-12 });
  });

  it('shifts and widens with the source, and sees masses', () => {
    const field = gaussianToCloudField({ points: [4, 9], count: 2, dim: 1 }, { mean: [1], sd: 2, weights: [1, 0] });
    // From N(1, 4) to the point 4: (4 − x)/(1 − t).
    expectAllClose(valuesOf(field, [2, -3], 0.75), [8, 28], { relative: 1e-14 });
    const point = gaussianToCloudField({ points: [4, 9], count: 2, dim: 1 }, { sd: 0 });
    expect(valuesOf(point, [1.9, 2.1], 0.4)).toEqual(Float64Array.of(4, 4));
    expect(() => valuesOf(point.score, [1], 0.5)).toThrow(RangeError);
  });

  it('lands on its target where one Euler step ends there, and is not defined on it', () => {
    const field = gaussianToCloudField({ points: [3, -1], count: 1, dim: 2 });
    const { final } = integrate(field, [0.5, 2], { method: euler(), numSteps: 3 });
    expectAllClose(final, [3, -1], { relative: 1e-14 });
    expect(() => valuesOf(field, [3, -1], 1)).toThrow('"t" expected a time at which the path has a density, got 1');
  });

  it('refuses what is no target or source, naming it', () => {
    const cloud = { points: [1, 2], count: 2, dim: 1 };
    expect(() => gaussianToCloudField({ points: [], count: 0, dim: 1 })).toThrow();
    expect(() => gaussianToCloudField(cloud, { mean: [1, 2] })).toThrow('"mean" expected length 1, got 2');
    expect(() => gaussianToCloudField(cloud, { sd: -1 })).toThrow('"sd"');
    expect(() => gaussianToCloudField(cloud, { weights: [1] })).toThrow('"weights" expected length 2, got 1');
    expect(() => gaussianToCloudField(cloud, { sigma: 1 } as never)).toThrow('got "sigma"');
  });
});
