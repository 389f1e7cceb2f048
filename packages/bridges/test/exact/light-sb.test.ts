import { run } from '@brenier/ot-core';
import { createRng, fillNormal, normal } from '@brenier/random';
import { centralDifferences, expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { componentLength, logGradients } from '../../src/exact/light-sb/mixture-gradient.js';
import {
  brownian,
  forwardPinnedDrift,
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
      const shape = { dim: 3, numComponents: 2, isFull, unit: 0.7 };
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

  it('finds the same plan wherever the clouds are, for both references', () => {
    const [offsets, kinds] = [[0, 100], ['diagonal', 'full'] as const];
    for (const reference of [brownian(), ornsteinUhlenbeck({ rate: 0.5 })]) {
      for (const covariance of kinds) {
        const drifts = offsets.map((offset) => {
          const [x, y] = [normalCloud(2, 500, offset), normalCloud(3, 500, offset + 2)];
          const model = lightSb(createRng(4), x, y, { reference, numComponents: 2, covariance, numSteps: 300 });
          const out = new Float64Array(4);
          const at = Float64Array.of(-1, 0.5, 0.3, 1).map((each) => each + offset);
          const plan = lightSbDrift(model);
          plan.evaluate(at, 0, out);
          // The mean of the end given the start, less what the offset adds.
          const pinned = forwardPinnedDrift(reference, 0);
          return out.map((each, i) => (each - pinned.state * at[i]) / pinned.end - offset);
        });
        // The clouds differ by the rounding of x + 100, the parameters by that of float32.
        expectAllClose(drifts[1], drifts[0], { relative: 0, absolute: 1e-4 });
      }
    }
  });

  it('has the coupling of the closed form far from 0', () => {
    const cloud = (seed: number, mean: number) =>
      cloudOf(fillNormal(createRng(seed), new Float64Array(2000), { mean }), 1);
    const model = lightSb(createRng(0), cloud(1, 100), cloud(2, 102), { reference: brownian(), numComponents: 1 });
    const starts = cloud(3, 100).points;
    const ends = sampleLightSb(createRng(5), model, starts);
    const mean = (points: Float64Array) => points.reduce((sum, each) => sum + each, 0) / points.length;
    const [m0, m1] = [mean(starts), mean(ends)];
    const covariance = mean(starts.map((each, i) => (each - m0) * (ends[i] - m1)));
    // Four standard errors of two thousand pairs.
    expectClose(covariance, 0.618, { absolute: 0.09 });
    expectClose(mean(ends.map((each) => (each - m1) ** 2)), 1, { absolute: 0.13 });
  });

  it('leads every start to the target itself where ε is far above its variance, whatever ε', () => {
    const [x, y] = [normalCloud(1, 500, 0), normalCloud(2, 500, 1, 0.5)];
    const cloudMean = (points: Float64Array) => points.reduce((sum, each) => sum + each, 0) / points.length;
    const variance = (points: Float64Array) => cloudMean(points.map((each) => (each - cloudMean(points)) ** 2));
    for (const covariance of ['diagonal', 'full'] as const) {
      for (const sigma of [1e2, 1e12, 1e40, 1e100]) {
        const options = { reference: brownian({ sigma }), numComponents: 3, covariance, numSteps: 500, batchSize: 64 };
        const model = lightSb(createRng(0), x, y, options);
        const ends = sampleLightSb(createRng(3), model, x.points);
        // Both coordinates have one law. Four standard errors of a thousand ends, and as much for those of the minibatches.
        expectClose(cloudMean(ends), cloudMean(y.points), { absolute: 0.12 });
        expectClose(variance(ends), variance(y.points), { absolute: 0.09 });
        const out = new Float64Array(2);
        lightSbDrift(model).evaluate(Float64Array.of(0.5, -1), 0, out);
        // The end is independent of the start, so the drift is that of the pinned process to its mean.
        expectAllClose(out, [cloudMean(y.points) - 0.5, cloudMean(y.points) + 1], { relative: 0, absolute: 0.15 });
      }
    }
  });

  it('says that a training diverged instead of giving what came of it', () => {
    const [x, y] = [normalCloud(1, 20, 0), normalCloud(2, 20, 1)];
    const train = (change: object) =>
      lightSb(createRng(0), x, y, { reference: brownian(), numSteps: 5, batchSize: 8, ...change });
    expect(() => train({ learningRate: 1e3 })).toThrow('"learningRate" and the ε of "reference" expected');
    for (const sigma of [1e-30, 1e-15]) {
      expect(() => train({ reference: brownian({ sigma }) })).toThrow('the ε of "reference" expected');
    }
    expect(() => train({ reference: ornsteinUhlenbeck({ rate: 800 }) })).toThrow(
      '"reference" expected a transition that remembers its start, got the factor 0',
    );
  });

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
    for (const dim of [0, 1.5, undefined]) expect(() => train({}, { ...x, dim })).toThrow('"x.dim" expected a whole');
    expect(() => train({}, null as never)).toThrow('"x" expected a point cloud');
    expect(() => lightSb(undefined as never, x, y, { reference: brownian() })).toThrow('"rng" expected');
    expect(() => sampleLightSb(undefined as never, train({}), [1, 2])).toThrow('"rng" expected');
    expect(train({}, { ...x, points: [...x.points] })).toEqual(train({}));
    expect(() => lightSbDrift({} as never)).toThrow('"model" expected what lightSb returns');
    expect(() => sampleLightSb(createRng(0), train({}), [1])).toThrow('"x" expected a length that is a multiple');
  });
});
