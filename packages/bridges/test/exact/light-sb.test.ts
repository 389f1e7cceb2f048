import { run } from '@brenier/ot-core';
import { createRng, fillNormal, normal } from '@brenier/random';
import { centralDifferences, expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { componentLength, logGradients } from '../../src/exact/light-sb/mixture-gradient.js';
import {
  brownian,
  gaussianBridge,
  lightSb,
  lightSbDrift,
  lightSbSolver,
  ornsteinUhlenbeck,
  sampleLightSb,
  schrodingerCoupling,
} from '../../src/index.js';

const cloudOf = (points: Float64Array, dim: number) => ({ points, count: points.length / dim, dim });
const normalCloud = (seed: number, count: number, mean: number, sd = 1) =>
  cloudOf(fillNormal(createRng(seed), new Float64Array(2 * count), { mean, sd }), 2);

describe('the gradient of LightSB', () => {
  for (const isFull of [false, true]) {
    it(`is that of the values, for ${isFull ? 'full' : 'diagonal'} covariances`, () => {
      const shape = { dim: 3, numComponents: 2, isFull };
      const parameters = fillNormal(createRng(1), new Float64Array(2 * componentLength(shape)), { sd: 0.4 });
      const point = Float64Array.of(0.5, -1, 0.7);
      for (const which of [0, 1]) {
        const gradient = new Float64Array(parameters.length);
        logGradients(shape, parameters, 0.8)[which](point, 2, gradient);
        const valueOf = (p: Float64Array) =>
          2 * logGradients(shape, p, 0.8)[which](point, 0, new Float64Array(p.length));
        expectAllClose(gradient, centralDifferences(valueOf, parameters), { relative: 1e-8 });
      }
    });
  }
});

describe('lightSb', () => {
  for (const reference of [brownian({ sigma: 0.8 }), ornsteinUhlenbeck({ sigma: 0.8, rate: 0.7 })]) {
    it(`finds the drift between normal laws, where one component is enough: ${reference.name}`, () => {
      const [x, y] = [normalCloud(2, 20_000, 0), normalCloud(3, 20_000, 1, 0.7)];
      const options = { reference, numComponents: 1, covariance: 'full', numSteps: 800, batchSize: 64 } as const;
      const model = lightSb(createRng(4), x, y, options);
      expect(model.status).toBe('converged');
      const unit = (m: number, v: number) => ({ mean: [m, m], covariance: [v, 0, 0, v] });
      const exact = gaussianBridge(unit(0, 1), unit(1, 0.49), { reference });
      const points = Float64Array.of(0, 0, 1, -0.5, 0.3, 1.2);
      for (const t of [0, 0.5, 0.9]) {
        const [ours, wanted] = [lightSbDrift(model), exact.forward].map((field) => {
          const out = new Float64Array(6);
          field.evaluate(points, t, out);
          return out;
        });
        // Eight hundred minibatches of 64 know the moments to about 1/√50,000, times the slope of the drift.
        expectAllClose(ours, wanted, { relative: 0, absolute: 0.08 });
      }
    });
  }

  it('finds a plan with several modes, that of Sinkhorn, and samples it', () => {
    const rng = createRng(5);
    const target = new Float64Array(4000).map(() => (rng.uniform() < 0.3 ? -3 : 2) + 0.4 * normal(rng));
    const x = cloudOf(fillNormal(createRng(6), new Float64Array(4000)), 1);
    const y = cloudOf(target, 1);
    const reference = brownian({ sigma: 1 });
    const model = lightSb(createRng(7), x, y, { reference, numComponents: 6, numSteps: 1000 });
    const ends = sampleLightSb(createRng(8), model, x.points);
    expectClose(ends.filter((each) => each < -0.5).length / 4000, 0.3, { absolute: 0.05 });
    const part = (points: Float64Array) => cloudOf(points.subarray(0, 800), 1);
    const { forward } = schrodingerCoupling(part(x.points), part(y.points), { reference });
    const [ours, theirs] = [lightSbDrift(model), forward].map((field) => {
      const out = new Float64Array(3);
      field.evaluate(Float64Array.of(-0.8, 0, 0.9), 0.2, out);
      return out;
    });
    // The estimate from eight hundred points has itself an error of a few percent of the distance between modes.
    expectAllClose(ours, theirs, { relative: 0, absolute: 0.4 });
  });

  it('draws the same bits for the same seed, and reports and stops', async () => {
    const [x, y] = [normalCloud(9, 50, 0), normalCloud(10, 50, 1)];
    const options = { reference: brownian(), numComponents: 2, numSteps: 20, batchSize: 8 };
    expect(lightSb(createRng(1), x, y, options)).toEqual(lightSb(createRng(1), x, y, options));
    const controller = new AbortController();
    const stopped = await run(
      lightSbSolver(createRng(1), options),
      { x, y },
      {
        signal: controller.signal,
        progressInterval: 0,
        onProgress({ progress }) {
          if (progress.steps === 5) controller.abort();
        },
      },
    );
    expect([stopped.status, stopped.steps]).toEqual(['aborted', 5]);
    expect(stopped.losses.every(Number.isFinite)).toBe(true);
  });

  it('refuses what it does not know', () => {
    const [x, y] = [normalCloud(1, 3, 0), normalCloud(2, 3, 0)];
    const train = (change: object, a: object = x) =>
      lightSb(createRng(0), a as never, y, { reference: brownian(), numSteps: 1, ...change });
    expect(() => train({ covariance: 'round' })).toThrow('"covariance" expected one of "diagonal", "full"');
    expect(() => train({ numComponents: 0 })).toThrow('"numComponents" expected a whole number >= 1');
    expect(() => train({ learningRate: 0 })).toThrow('"learningRate" expected');
    expect(() => train({ epsilon: 1 })).toThrow('expected only the options');
    expect(() => train({}, cloudOf(new Float64Array(3), 1))).toThrow('"y" expected dimension 1 like "x"');
    expect(() => train({}, { points: [NaN, 1], count: 1, dim: 2 })).toThrow('"x.points[0]" expected a finite number');
    expect(() => train({}, { points: [], count: 0, dim: 2 })).toThrow('"x.count" expected');
    expect(() => lightSbDrift({} as never)).toThrow('"model" expected what lightSb returns');
    expect(() => sampleLightSb(createRng(0), train({}), [1])).toThrow('"x" expected a length that is a multiple');
  });
});
