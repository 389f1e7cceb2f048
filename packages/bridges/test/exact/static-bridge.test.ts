import { emd, toDense } from '@brenier/ot-core';
import { createRng, fillNormal } from '@brenier/random';
import { eulerMaruyama, integrateSde } from '@brenier/samplers';
import { centralDifferences, expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { brownian, gaussianBridge, ornsteinUhlenbeck, samplePinned, schrodingerCoupling } from '../../src/index.js';

const normalCloud = (seed: number, count: number, mean: number) =>
  fillNormal(createRng(seed), new Float64Array(2 * count), { mean });

describe('the bridge between clouds', () => {
  it('couples them as the reference does, reweighted: log(P/q) is a sum of a function of x and one of y', () => {
    for (const reference of [brownian({ sigma: 0.8 }), ornsteinUhlenbeck({ sigma: 0.8, rate: 1.5 })]) {
      const [x, y] = [normalCloud(1, 5, 0), normalCloud(2, 4, 1)];
      const plan = toDense(schrodingerCoupling(x, y, { reference, dim: 2 }).ends.coupling).plan;
      const { factor, variance } = reference.transition(0, 1);
      const logRatio = (i: number, j: number) => {
        const square = (y[2 * j] - factor * x[2 * i]) ** 2 + (y[2 * j + 1] - factor * x[2 * i + 1]) ** 2;
        return Math.log(plan[i * 4 + j]) + square / (2 * variance);
      };
      for (let i = 1; i < 5; i++) {
        for (let j = 1; j < 4; j++) {
          expectClose(logRatio(i, j) - logRatio(0, j) - logRatio(i, 0) + logRatio(0, 0), 0, { absolute: 1e-11 });
        }
      }
    }
  });

  it('has as drifts the means of the pinned drifts, by brute force over all pairs', () => {
    const reference = ornsteinUhlenbeck({ sigma: 0.9, rate: 0.6 });
    const [x, y] = [normalCloud(3, 4, 0), normalCloud(4, 3, 1)];
    const { ends, forward, backward } = schrodingerCoupling(x, y, { reference, dim: 2 });
    const plan = toDense(ends.coupling).plan;
    const [t, point] = [0.4, Float64Array.of(0.3, 0.8)];
    const { alpha, beta, gamma } = reference.pinned(t);
    let total = 0;
    const [start, end] = [
      [0, 0],
      [0, 0],
    ];
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 3; j++) {
        const square = [0, 1].reduce((s, k) => s + (point[k] - alpha * x[2 * i + k] - beta * y[2 * j + k]) ** 2, 0);
        const weight = plan[i * 3 + j] * Math.exp(-square / (2 * gamma ** 2));
        total += weight;
        for (const k of [0, 1]) {
          start[k] += weight * x[2 * i + k];
          end[k] += weight * y[2 * j + k];
        }
      }
    }
    const out = new Float64Array(2);
    const rate = 0.6;
    forward.evaluate(point, t, out);
    const [ahead, behind] = [rate * (1 - t), rate * t];
    expectAllClose(
      out,
      end.map((each, k) => (rate / Math.sinh(ahead)) * (each / total) - (rate / Math.tanh(ahead)) * point[k]),
      { relative: 1e-9 },
    );
    backward.evaluate(point, t, out);
    expectAllClose(
      out,
      start.map((each, k) => (rate / Math.sinh(behind)) * (each / total) - (rate / Math.tanh(behind)) * point[k]),
      { relative: 1e-9 },
    );
  });

  it('has Jacobian products that agree with differences', () => {
    const { forward, backward } = schrodingerCoupling(normalCloud(5, 6, 0), normalCloud(6, 6, 1), {
      reference: brownian({ sigma: 0.8 }),
      dim: 2,
    });
    for (const field of [forward, backward]) {
      const [x, u, out] = [Float64Array.of(0.2, 0.5), Float64Array.of(1, -2), new Float64Array(2)];
      field.jacobianProduct!(x, 0.6, u, out);
      for (const k of [0, 1]) {
        const along = (h: ArrayLike<number>) => {
          const value = new Float64Array(2);
          field.evaluate(Float64Array.of(x[0] + h[0] * u[0], x[1] + h[0] * u[1]), 0.6, value);
          return value[k];
        };
        expectClose(out[k], centralDifferences(along, Float64Array.of(0))[0], { relative: 1e-6, absolute: 1e-6 });
      }
    }
  });

  it('leads each point of one cloud to the other, with the law of the coupling', () => {
    const reference = brownian({ sigma: 1 });
    const { ends, forward } = schrodingerCoupling([[-1], [1]], [[-2], [2]], { reference });
    const n = 4000;
    const start = new Float64Array(n).fill(-1);
    const options = { method: eulerMaruyama(), diffusion: 1, numSteps: 200, to: 0.999 };
    const { final } = integrateSde(createRng(7), forward, start, options);
    const share = final.filter((x) => x > 0).length / n;
    const expected = toDense(ends.coupling).plan[1] / 0.5;
    // Four standard errors, and the bias of two hundred steps.
    expectClose(share, expected, { absolute: 4 * Math.sqrt((expected * (1 - expected)) / n) + 0.01 });
  });

  it('comes to optimal transport for small σ and to the independent coupling for large', () => {
    const [x, y] = [normalCloud(8, 6, 0), normalCloud(9, 6, 2)];
    const at = (sigma: number) =>
      schrodingerCoupling(x, y, { reference: brownian({ sigma }), dim: 2, tolerance: 1e-8 });
    const { cost } = emd(x, y, { dim: 2 });
    expectClose(at(0.05).ends.cost, cost, { relative: 1e-3 });
    expectAllClose(toDense(at(1e3).ends.coupling).plan, new Float64Array(36).fill(1 / 36), { relative: 1e-4 });
  });

  it('estimates the drift of the laws that the clouds were drawn from', () => {
    const reference = brownian({ sigma: 1 });
    const unit = { mean: [0, 0], covariance: [1, 0, 0, 1] };
    const exact = gaussianBridge(unit, { ...unit, mean: [1, 1] }, { reference });
    const { forward } = schrodingerCoupling(normalCloud(10, 1500, 0), normalCloud(11, 1500, 1), { reference, dim: 2 });
    const rng = createRng(12);
    const points = samplePinned(rng, reference, normalCloud(13, 50, 0), normalCloud(14, 50, 1), 0.5);
    const [estimated, wanted] = [forward, exact.forward].map((field) => {
      const out = new Float64Array(points.length);
      field.evaluate(points, 0.5, out);
      return out;
    });
    let square = 0;
    estimated.forEach((each, i) => (square += (each - wanted[i]) ** 2 / points.length));
    // The error per coordinate is of order 1/√1500, larger at points far out.
    expect(Math.sqrt(square)).toBeLessThan(0.15);
  });

  it('takes one point, duplicates, masses and far offsets', () => {
    const { forward } = schrodingerCoupling([[1e6]], [[1e6 + 3], [1e6 + 3]], {
      reference: brownian(),
      b: [0.25, 0.75],
    });
    const out = new Float64Array(1);
    forward.evaluate(Float64Array.of(1e6), 0.5, out);
    expectClose(out[0], 6, { relative: 1e-9 });
    const weighted = schrodingerCoupling([[0]], [[-1], [1]], {
      reference: brownian({ sigma: 100 }),
      a: [2],
      b: [0, 2],
    });
    weighted.forward.evaluate(Float64Array.of(0), 0, out);
    expectClose(out[0], 1, { relative: 1e-12 });
  });

  it('refuses what it does not know', () => {
    const make = (options: object) => schrodingerCoupling([[0]], [[1]], options as never);
    expect(() => make({ reference: brownian(), epsilon: 1 })).toThrow('expected only the options "reference"');
    expect(() => make({})).toThrow('"reference" expected a reference');
    expect(() => schrodingerCoupling([[0]], [[1, 2]], { reference: brownian() })).toThrow('dimension');
    expect(() => schrodingerCoupling([], [[1]], { reference: brownian() })).toThrow(RangeError);
    expect(() => schrodingerCoupling([[NaN]], [[1]], { reference: brownian() })).toThrow('finite');
    expect(() => make({ reference: brownian(), a: [1], b: [3] })).toThrow(RangeError);
    const { forward, backward } = make({ reference: brownian() });
    expect(() => forward.evaluate(Float64Array.of(0), 1, new Float64Array(1))).toThrow('"t" expected');
    expect(() => backward.evaluate(Float64Array.of(0), 0, new Float64Array(1))).toThrow('"t" expected');
  });
});
