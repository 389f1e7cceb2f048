import { createRng, fillNormal } from '@brenier/random';
import { expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { dormandPrince, euler, heun, logLikelihood, midpoint, rk4, type ArrayField } from '../../src/index.js';
import { scalarField } from '../fields.js';
import { mixtureFlow, mixtureLogDensity, type Mixture } from '../gaussian-flows.js';

const strict = dormandPrince({ absoluteTolerance: 1e-9, relativeTolerance: 1e-9 });

/** The straight flow from N(0, I) to N(0, sd² I): x(t) = x(0)(1 − t + t sd). */
const stretching = (sd: number, dim: number) => scalarField((x, t) => (x * (sd - 1)) / (1 - t + t * sd), dim);

const normalLogDensity = (square: number, sd: number, dim: number) =>
  -0.5 * (square / (sd * sd) + dim * Math.log(2 * Math.PI * sd * sd));

describe('logLikelihood', () => {
  for (const dim of [1, 5]) {
    it(`finds the density of a Gaussian in dimension ${dim}`, () => {
      const x = fillNormal(createRng(dim), new Float64Array(20 * dim), { sd: 3 });
      const expected = Array.from({ length: 20 }, (_, i) => {
        const square = x.slice(i * dim, (i + 1) * dim).reduce((sum, value) => sum + value * value, 0);
        return normalLogDensity(square, 3, dim);
      });
      const adaptive = logLikelihood(stretching(3, dim), x, { method: strict });
      expect(adaptive.status).toBe('finished');
      expectAllClose(adaptive.logDensity, expected, { absolute: 1e-7 });
      expect(Array.from(adaptive.standardError)).toEqual(new Array(20).fill(0));
      expectAllClose(
        adaptive.source,
        x.map((value) => value / 3),
        { absolute: 1e-8 },
      );
      // The coarse methods: errors of the fourth and of the second order, sizes seen and rounded up.
      const { logDensity } = logLikelihood(stretching(3, dim), x, { method: rk4(), numSteps: 50 });
      expectAllClose(logDensity, expected, { absolute: 1e-5 });
      for (const method of [midpoint(), heun()]) {
        const coarse = logLikelihood(stretching(3, dim), x, { method, numSteps: 200 });
        expectAllClose(coarse.logDensity, expected, { absolute: 1e-3 });
      }
    });
  }

  it('integrates the trace of an affine field, whatever turns beside it', () => {
    const a = [
      [0.3, -1.2, 0.5],
      [0.8, -0.4, 0.1],
      [-0.2, 0.6, 0.7],
    ];
    const affine: ArrayField = {
      dim: 3,
      evaluate(x, t, out) {
        for (let i = 0; i < x.length; i += 3) {
          a.forEach((row, j) => (out[i + j] = row.reduce((sum, each, k) => sum + each * x[i + k], Math.sin(t))));
        }
      },
      jacobianProduct(_x, _t, u, out) {
        for (let i = 0; i < u.length; i += 3) {
          a.forEach((row, j) => (out[i + j] = row.reduce((sum, each, k) => sum + each * u[i + k], 0)));
        }
      },
    };
    const x = fillNormal(createRng(3), new Float64Array(30));
    const flat = (_points: Float64Array, out: Float64Array) => out.fill(0);
    // The trace 0.3 − 0.4 + 0.7 is constant, so every method integrates it without error: from 0.25 to 1.
    for (const method of [euler(), rk4()]) {
      const result = logLikelihood(affine, x, { method, numSteps: 8, from: 0.25, baseLogDensity: flat });
      expectAllClose(result.logDensity, new Array<number>(10).fill(-0.75 * 0.6), { absolute: 1e-14 });
      expect(result).toMatchObject({ nfe: 8 * method.order, numProducts: 3 * 8 * method.order, numSteps: 8 });
    }
    // The same by differences: linear, so only rounding is left, 1e-16 / 7.6e-6 a product.
    const plain: ArrayField = { dim: 3, evaluate: (at, t, out) => affine.evaluate(at, t, out) };
    const byDifferences = logLikelihood(plain, x, { method: euler(), numSteps: 8, from: 0.25, baseLogDensity: flat });
    expectAllClose(byDifferences.logDensity, new Array<number>(10).fill(-0.75 * 0.6), { absolute: 1e-9 });
    expect(byDifferences).toMatchObject({ nfe: 8 * (1 + 2 * 3), numProducts: 0 });
  });

  const mixtures: [string, Mixture][] = [
    ['on a line', { weights: [0.3, 0.7], centres: [[-2], [1.5]], sd: 0.5 }],
    [
      'in the plane',
      {
        weights: [0.5, 0.2, 0.3],
        centres: [
          [2, 0],
          [-1, 2],
          [-1, -2],
        ],
        sd: 0.6,
      },
    ],
    [
      'in dimension 5',
      {
        weights: [0.4, 0.6],
        centres: [
          [1, 0, -1, 0.5, 0],
          [-1, 1, 0, 0, 1],
        ],
        sd: 0.8,
      },
    ],
  ];
  for (const [where, mixture] of mixtures) {
    it(`finds the density of a mixture of Gaussians ${where} from its closed-form velocity`, () => {
      const dim = mixture.centres[0].length;
      const x = fillNormal(createRng(5), new Float64Array(40 * dim), { sd: 1.5 });
      const { logDensity, status } = logLikelihood(mixtureFlow(mixture), x, { method: strict });
      expect(status).toBe('finished');
      // Differences give 1e-10, the tolerance 1e-9 a step; between modes the flow spreads errors by up to a hundred.
      expectAllClose(logDensity, mixtureLogDensity(mixture, x), { absolute: 1e-6 });
    });
  }

  it('gives a density that integrates to 1', () => {
    const [, [, mixture]] = mixtures;
    const [n, half] = [41, 6];
    const h = (2 * half) / (n - 1);
    const grid = Float64Array.from({ length: 2 * n * n }, (_, i) => {
      const place = i % 2 === 0 ? Math.floor(i / 2 / n) : (i >> 1) % n;
      return -half + h * place;
    });
    const { logDensity } = logLikelihood(mixtureFlow(mixture), grid, { method: rk4(), numSteps: 40 });
    const mass = logDensity.reduce((sum, value) => sum + Math.exp(value) * h * h, 0);
    // The trapezoidal rule with h = sd/2 is exact to 1e-30 for Gaussians; beyond 6 lies 1e-10; forty steps of order 4 are left.
    expectClose(mass, 1, { absolute: 1e-4 });
  });

  it('starts from any base density, at any times, in both directions of time', () => {
    // From N(1, 2²) at time 1 to its image at time 3 under x' = −x/2: mean and sd shrink by e^−1.
    const decay = scalarField((x) => -x / 2);
    const base = (points: Float64Array, out: Float64Array) => {
      points.forEach((x, i) => (out[i] = normalLogDensity((x - 1) ** 2, 2, 1)));
    };
    const x = [-1, 0, 0.5];
    const options = { method: strict, from: 1, to: 3, baseLogDensity: base };
    const expected = x.map((each) => normalLogDensity((each - Math.exp(-1)) ** 2, 2 * Math.exp(-1), 1));
    expectAllClose(logLikelihood(decay, x, options).logDensity, expected, { absolute: 1e-7 });
    const growth = scalarField((each) => each / 2);
    const backwards = logLikelihood(growth, x, { ...options, from: 3, to: 1 });
    expectAllClose(backwards.logDensity, expected, { absolute: 1e-7 });
  });

  it('keeps the integral within the tolerance of an adaptive method, not the points alone', () => {
    // Every point stands still at 0, where the divergence runs through a narrow peak: ∫ 50/(1 + (50(t−½))²) dt = 2 atan 25.
    const peaked = scalarField((x, t) => (x * 50) / (1 + (50 * (t - 0.5)) ** 2));
    for (const tolerance of [1e-4, 1e-6, 1e-8]) {
      const method = dormandPrince({ absoluteTolerance: tolerance, relativeTolerance: tolerance });
      const { logDensity } = logLikelihood(peaked, [0], { method });
      const expected = normalLogDensity(0, 1, 1) - 2 * Math.atan(25);
      expectClose(logDensity[0], expected, { absolute: 20 * tolerance });
    }
  });

  it('uses the product that the field brings along', () => {
    // A product that differs from the derivative shows who was asked: the true divergence is 0.
    const field: ArrayField = {
      dim: 2,
      evaluate: (_x, _t, out) => out.fill(0),
      jacobianProduct: (_x, _t, u, out) => out.set(u),
    };
    const { logDensity } = logLikelihood(field, [0, 0], { method: euler(), numSteps: 1 });
    expectClose(logDensity[0], normalLogDensity(0, 1, 2) - 2, { absolute: 1e-15 });
  });

  it('differentiates far from the origin, with steps that grow slower than the point', () => {
    // 1e8 has a resolution of 1.5e-8; the field turns over a length of 1.
    const far = scalarField((x) => Math.sin(x - 1e8));
    const flat = (_points: Float64Array, out: Float64Array) => out.fill(0);
    const x = [1e8 + 0.5];
    const { logDensity } = logLikelihood(far, x, { method: euler(), numSteps: 1, to: 1e-9, baseLogDensity: flat });
    // One Euler step of −1e-9: the divergence is cos(0.5), to δ²/6 = 1e-6 and 1.5e-8/δ = 5e-6 with δ = 3.5e-3.
    expectClose(logDensity[0] / -1e-9, Math.cos(0.5), { absolute: 2e-5 });
  });

  it('takes a wider step for a field that is computed in float32', () => {
    const rough = scalarField((x) => Math.fround(Math.sin(x)));
    const flat = (_points: Float64Array, out: Float64Array) => out.fill(0);
    const options = { method: euler(), numSteps: 1, baseLogDensity: flat, differenceStep: 2 ** -8 };
    expectClose(logLikelihood(rough, [0.5], options).logDensity[0], -Math.cos(0.5), { absolute: 2e-5 });
  });

  it('gives one point, duplicates and a whole batch the same numbers', () => {
    const [, [, mixture]] = mixtures;
    const field = mixtureFlow(mixture);
    const options = { method: rk4(), numSteps: 10 };
    const alone = logLikelihood(field, [0.3, 0.4], options).logDensity[0];
    const { logDensity } = logLikelihood(field, [0.3, 0.4, 1, 1, 0.3, 0.4], options);
    expect([logDensity[0], logDensity[2]]).toEqual([alone, alone]);
  });

  it('refuses callbacks that return their numbers instead of writing them', () => {
    const field = scalarField((x) => x);
    const options = { method: euler(), numSteps: 1 };
    const message = (call: string) => `"${call}" expected to write to "out", got a Float64Array of length 1`;
    const returning: ArrayField = { dim: 1, evaluate: (x) => x.slice() };
    expect(() => logLikelihood(returning, [1], options)).toThrow(message('field.evaluate(x, t, out)'));
    const withProduct: ArrayField = { ...field, jacobianProduct: (_x, _t, u) => u.slice() };
    expect(() => logLikelihood(withProduct, [1], options)).toThrow(message('field.jacobianProduct(x, t, u, out)'));
    const baseLogDensity = (points: Float64Array) => points.map((x) => normalLogDensity(x * x, 1, 1));
    expect(() => logLikelihood(field, [1], { ...options, baseLogDensity })).toThrow(
      new TypeError(message('baseLogDensity(points, out)')),
    );
  });
});
