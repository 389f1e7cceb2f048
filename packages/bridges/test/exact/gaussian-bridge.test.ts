import { buresWasserstein } from '@brenier/ot-core';
import { createRng, fillNormal } from '@brenier/random';
import { eulerMaruyama, integrate, integrateSde, rk4, type ArrayField } from '@brenier/samplers';
import { expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import {
  backwardPinnedDrift,
  brownian,
  forwardPinnedDrift,
  gaussianBridge,
  gridBridge,
  gridBridgeEnergy,
  ornsteinUhlenbeck,
  planeEnds,
  type GaussianBridge,
} from '../../src/index.js';

const source = { mean: [0.3, -1], covariance: [1, 0.4, 0.4, 0.8] };
const target = { mean: [2, 0.5], covariance: [0.6, -0.3, -0.3, 1.5] };
const references = [brownian({ sigma: 0.9 }), ornsteinUhlenbeck({ sigma: 0.9, rate: 0.7 })];

const valueOf = (field: ArrayField, x: readonly number[], t: number) => {
  const out = new Float64Array(x.length);
  field.evaluate(Float64Array.from(x), t, out);
  return out;
};

describe('the bridge between normal distributions', () => {
  for (const d of [5, 20, 50]) {
    it(`has the endpoint covariance 0.618 in ${d} dimensions for unit covariances and σ = 1`, () => {
      const unit = Float64Array.from({ length: d * d }, (_, i) => (i % (d + 1) === 0 ? 1 : 0));
      const end = (m: number) => ({ mean: new Float64Array(d).fill(m), covariance: unit });
      const bridge = gaussianBridge(end(-0.1), end(0.1), { reference: brownian() });
      const golden = (Math.sqrt(5) - 1) / 2;
      expectAllClose(
        bridge.crossCovariance,
        unit.map((each) => golden * each),
        { relative: 1e-14 },
      );
      for (const t of [0, 0.3, 1]) {
        const variance = (1 - t) ** 2 + t ** 2 + t * (1 - t) * Math.sqrt(5);
        expectAllClose(
          bridge.marginal(t).covariance,
          unit.map((each) => variance * each),
          { relative: 1e-14 },
        );
        expectClose(bridge.marginal(t).mean[0], 0.1 * (2 * t - 1), { absolute: 1e-16 });
      }
    });
  }

  it('solves the Schrödinger system: the precision of both ends together couples them as the reference does', () => {
    for (const reference of references) {
      const { crossCovariance: c } = gaussianBridge(source, target, { reference });
      const { factor, variance } = reference.transition(0, 1);
      // Off-diagonal block of the precision, −Σ₀⁻¹C S⁻¹ with S = Σ₁ − CᵀΣ₀⁻¹C, must be −(factor/variance)·I.
      const inverse0 = inverse2(source.covariance);
      const [s0c, cts0c] = [multiply2(inverse0, c), multiply2(transpose2(c), multiply2(inverse0, c))];
      const s = target.covariance.map((each, i) => each - cts0c[i]);
      const block = multiply2(s0c, inverse2(s));
      expectAllClose(block, [factor / variance, 0, 0, factor / variance], { relative: 1e-12 });
    }
  });

  it('has drifts that are the means of the pinned drifts given the state', () => {
    for (const reference of references) {
      const { crossCovariance: c, ...bridge } = gaussianBridge(source, target, { reference });
      const [t, x] = [0.35, [1.2, -0.4]];
      const { alpha, beta } = reference.pinned(t);
      const { mean, covariance } = bridge.marginal(t);
      const white = multiplyVector2(inverse2(covariance), [x[0] - mean[0], x[1] - mean[1]]);
      const expectedEnd = (covarianceWithState: number[], m: readonly number[]) =>
        multiplyVector2(covarianceWithState, white).map((each, k) => each + m[k]);
      const toEnd = target.covariance.map((each, i) => beta * each + alpha * transpose2(c)[i]);
      const toStart = source.covariance.map((each, i) => alpha * each + beta * c[i]);
      const forward = forwardPinnedDrift(reference, t);
      const backward = backwardPinnedDrift(reference, t);
      const end = expectedEnd(toEnd, target.mean);
      const start = expectedEnd(toStart, source.mean);
      expectAllClose(
        valueOf(bridge.forward, x, t),
        end.map((each, k) => forward.state * x[k] + forward.end * each),
      );
      expectAllClose(
        valueOf(bridge.backward, x, t),
        start.map((each, k) => backward.state * x[k] + backward.end * each),
      );
    }
  });

  it('has drifts that are finite at both ends and add up to σ² times the score', () => {
    for (const reference of references) {
      const bridge = gaussianBridge(source, target, { reference });
      for (const t of [0, 1e-9, 0.5, 1]) {
        const x = [0.7, 0.1];
        const { mean, covariance } = bridge.marginal(t);
        const score = multiplyVector2(inverse2(covariance), [mean[0] - x[0], mean[1] - x[1]]);
        const [f, g, v] = [bridge.forward, bridge.backward, bridge.velocity].map((field) => valueOf(field, x, t));
        expectAllClose(
          f.map((each, k) => each + g[k]),
          score.map((each) => 0.81 * each),
          { absolute: 1e-12 },
        );
        expectAllClose(
          f.map((each, k) => (each - g[k]) / 2),
          v,
          { absolute: 1e-12 },
        );
      }
    }
  });

  it('is what its drift simulates, seen from the moments at the end and of both ends', () => {
    const reference = references[1];
    const bridge = gaussianBridge(source, target, { reference });
    const n = 20_000;
    const start = gaussianPoints(source, n);
    const options = { method: eulerMaruyama(), diffusion: 0.9, numSteps: 100 };
    const { final } = integrateSde(createRng(2), bridge.forward, start, options);
    // Four standard errors of variances below 1.6, and the bias of a first-order method.
    const tolerance = (4 * 1.6 * Math.SQRT2) / Math.sqrt(n) + 0.02;
    const { means, covariance, cross } = momentsOf(start, final);
    expectAllClose(means, target.mean, { relative: 0, absolute: tolerance });
    expectAllClose(covariance, target.covariance, { relative: 0, absolute: tolerance });
    expectAllClose(cross, bridge.crossCovariance, { relative: 0, absolute: tolerance });
  });

  it('has a flow that carries the source to the target', () => {
    const bridge = gaussianBridge(source, target, { reference: references[0] });
    // An affine flow carries the ellipse of one law to that of the other: Mahalanobis distances stay.
    const points = [1, 0, 0.3, 0.7];
    const { final } = integrate(bridge.velocity, points, { method: rk4(), numSteps: 200 });
    const distance = (x: number[], { mean, covariance }: typeof source) => {
      const offset = [x[0] - mean[0], x[1] - mean[1]];
      const white = multiplyVector2(inverse2(covariance), offset);
      return offset[0] * white[0] + offset[1] * white[1];
    };
    for (const i of [0, 2]) {
      expectClose(distance([...final.subarray(i, i + 2)], target), distance(points.slice(i, i + 2), source), {
        relative: 1e-8,
      });
    }
  });

  it('becomes optimal transport as σ → 0, energy and coupling, and independent as σ → ∞', () => {
    const quiet = gaussianBridge(source, target, { reference: brownian({ sigma: 1e-4 }) });
    const squared = buresWasserstein(source, target).distance ** 2;
    // The error is of order σ².
    expectClose(quiet.pathEnergy, squared, { relative: 1e-7 });
    const trace = quiet.crossCovariance[0] + quiet.crossCovariance[3];
    const means = (2 - 0.3) ** 2 + 1.5 ** 2;
    expectClose(1.8 + 2.1 - 2 * trace + means, squared, { relative: 1e-7 });
    const loud = gaussianBridge(source, target, { reference: brownian({ sigma: 1e4 }) });
    expectAllClose(loud.crossCovariance, [0, 0, 0, 0], { absolute: 1e-7 });
    const forgetful = gaussianBridge(source, target, { reference: ornsteinUhlenbeck({ rate: 1e4 }) });
    expectAllClose(forgetful.crossCovariance, [0, 0, 0, 0], { absolute: 0 });
  });

  it('has the energy of the bridge on a grid, for both references', () => {
    const normal = (mean: number[], variance: number) => (x: number, y: number) =>
      -((x - mean[0]) ** 2 + (y - mean[1]) ** 2) / (2 * variance);
    const box = { left: -6, right: 7, bottom: -6, top: 6, step: 0.35 };
    const ends = planeEnds(normal([0, 0], 1), normal([1, 0.5], 0.5), box);
    for (const reference of references) {
      const exact = gaussianBridge(
        { mean: [0, 0], covariance: [1, 0, 0, 1] },
        { mean: [1, 0.5], covariance: [0.5, 0, 0, 0.5] },
        { reference },
      );
      const onGrid = gridBridgeEnergy(gridBridge(ends, { reference }), { numTimes: 12 });
      expectClose(onGrid, exact.pathEnergy, { relative: 1e-4 });
    }
  });

  it('has its energy to 1e-9, however narrow the ends and however large σ are', () => {
    for (const [width, sigma] of [
      [0.01, 0.9],
      [1e-3, 1],
      [1, 1e3],
    ]) {
      const end = { mean: [0], covariance: [width * width] };
      // The variance is s² + k t(1 − t), so the energy is the integral of a rational function.
      const k = Math.sqrt(4 * width ** 4 + sigma ** 4) - 2 * width * width;
      const a = Math.sqrt(4 * width * width + k);
      const exact = a * Math.sqrt(k) * Math.log((a + Math.sqrt(k)) / (2 * width)) - k;
      expectClose(gaussianBridge(end, end, { reference: brownian({ sigma }) }).pathEnergy, exact, { relative: 1e-9 });
    }
  });

  it('has its energy to 1e-9 at large rates, where all of it is spent next to the ends', () => {
    for (const rate of [50, 200, 1e5]) {
      // With q = σ²/(2r): from N(m, s) the law relaxes to N(0, q) as e^(−rt), and the same to the other end; e^(−50) meets in between.
      const q = 1 / (2 * rate);
      const half = (m: number, s: number) => (rate / 2) * (m * m + s - q - q * Math.log(s / q));
      const reference = ornsteinUhlenbeck({ sigma: 1, rate });
      const ends = [
        { mean: [1], covariance: [1] },
        { mean: [2], covariance: [4] },
      ] as const;
      expectClose(gaussianBridge(...ends, { reference }).pathEnergy, half(1, 1) + half(2, 4), { relative: 1e-9 });
    }
  });

  it('has the divergence of its coupling from the reference', () => {
    // N(0,1) to N(0,1) at σ = 1 with c = 0.618: ½(E(X₁ − X₀)² − 1 − log(1 − c²)).
    const end = { mean: [0], covariance: [1] };
    const c = (Math.sqrt(5) - 1) / 2;
    const { kl } = gaussianBridge(end, end, { reference: brownian() });
    expectClose(kl, 0.5 * (2 - 2 * c - 1 - Math.log(1 - c * c)), { relative: 1e-13 });
    const stationary = { mean: [0], covariance: [0.5] };
    const { kl: none } = gaussianBridge(stationary, stationary, { reference: ornsteinUhlenbeck() });
    expectClose(none, 0, { absolute: 1e-14 });
  });

  it('refuses what is no pair of normal distributions', () => {
    const make = (q: object, options: object = { reference: brownian() }): GaussianBridge =>
      gaussianBridge(source, q as never, options as never);
    expect(() => make({ mean: [0], covariance: [1] })).toThrow('"target" expected dimension 2 like "source"');
    expect(() => make({ mean: [0, 0], covariance: [1, 0, 0] })).toThrow('"target.covariance" expected length 4');
    expect(() => make({ mean: [0, NaN], covariance: [1, 0, 0, 1] })).toThrow(
      '"target.mean[1]" expected a finite number',
    );
    expect(() => make({ mean: [0, 0], covariance: [1, 0, 0, 0] })).toThrow('expected a positive definite matrix');
    expect(() => make({ mean: [0, 0], covariance: [1, 0.5, 0, 1] })).toThrow(
      '"target.covariance" expected a symmetric matrix, got 0 at [1][0], 0.5 at [0][1]',
    );
    expect(() => make({ mean: [], covariance: [] })).toThrow('expected at least one coordinate');
    expect(() => make([1, 2])).toThrow('"target" expected { mean, covariance }');
    expect(() => make(target, { reference: brownian(), t: 1 })).toThrow('expected only the options "reference"');
    expect(() => make(target, {})).toThrow('"reference" expected a reference');
    expect(() => make(target).marginal(2)).toThrow('"t" expected a number in [0, 1]');
  });
});

type Square = ArrayLike<number>;
const multiply2 = (a: Square, b: Square) => [
  a[0] * b[0] + a[1] * b[2],
  a[0] * b[1] + a[1] * b[3],
  a[2] * b[0] + a[3] * b[2],
  a[2] * b[1] + a[3] * b[3],
];
const transpose2 = (a: Square) => [a[0], a[2], a[1], a[3]];
const inverse2 = (a: Square) => [a[3], -a[1], -a[2], a[0]].map((each) => each / (a[0] * a[3] - a[1] * a[2]));
const multiplyVector2 = (a: Square, x: readonly number[]) => [a[0] * x[0] + a[1] * x[1], a[2] * x[0] + a[3] * x[1]];

function gaussianPoints({ mean, covariance: s }: typeof source, n: number): Float64Array {
  const z = fillNormal(createRng(1), new Float64Array(2 * n));
  const l = [Math.sqrt(s[0]), s[1] / Math.sqrt(s[0]), Math.sqrt(s[3] - s[1] ** 2 / s[0])];
  return z.map((each, i) => (i % 2 === 0 ? mean[0] + l[0] * each : mean[1] + l[1] * z[i - 1] + l[2] * each));
}

function momentsOf(x: Float64Array, y: Float64Array) {
  const n = x.length / 2;
  const mean = (points: Float64Array, k: number) =>
    points.reduce((sum, each, i) => sum + (i % 2 === k ? each : 0), 0) / n;
  const [mx, my] = [x, y].map((points) => [mean(points, 0), mean(points, 1)]);
  const moments = (a: Float64Array, ma: number[]) =>
    [0, 1, 2, 3].map((entry) => {
      const [i, j] = [Math.floor(entry / 2), entry % 2];
      let sum = 0;
      for (let p = 0; p < n; p++) sum += (a[2 * p + i] - ma[i]) * (y[2 * p + j] - my[j]);
      return sum / n;
    });
  return { means: my, covariance: moments(y, my), cross: moments(x, mx) };
}
