import { createRng, fillNormal } from '@brenier/random';
import { expectAllClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import {
  brownianBridgeInterpolant,
  gaussianField,
  gaussianMixtureField,
  gaussianToCloudField,
  linearInterpolant,
  trigonometricInterpolant,
  type Interpolant,
} from '../../../src/index.js';
import { logDensityAt, valuesOf } from '../field-values.js';

const components = [
  { weight: 0.2, mean0: [0, 1], mean1: [3, -1], covariance0: [2, 0.5, 0.5, 1], covariance1: 0.5 },
  {
    weight: 0.5,
    mean0: [-2, 0],
    mean1: [0, 2],
    covariance0: 0.5,
    covariance1: [0.3, 0.2, 0.2, 0.6],
    crossCovariance: 0.3,
  },
  { weight: 0.3, mean0: [1, 1], mean1: [-1, -1], covariance0: 1, covariance1: 0 },
];

describe('a mixture of K joint Gaussians', () => {
  it('has v_t(x) = Σ α_k(x) (v_t^k(x − m_t^k) + m₁^k − m₀^k), with α_k(x) = π_k p_t^k(x) / Σ_j π_j p_t^j(x)', () => {
    const field = gaussianMixtureField(components);
    for (const t of [0, 0.3, 0.9]) {
      for (const x of [
        [0, 0],
        [1.5, -2],
        [-3, 4],
      ]) {
        const parts = components.map(({ weight, mean0, mean1, ...covariances }) => {
          const density = weight * Math.exp(logDensityAt(gaussianField({ mean0, mean1, ...covariances }), x, t));
          const centred = gaussianField({ mean0: [0, 0], mean1: [0, 0], ...covariances });
          const deviation = x.map((each, i) => each - (1 - t) * mean0[i] - t * mean1[i]);
          return { density, velocity: valuesOf(centred, deviation, t).map((each, i) => each + mean1[i] - mean0[i]) };
        });
        const total = parts.reduce((sum, { density }) => sum + density, 0);
        const expected = x.map((_, i) => parts.reduce((sum, p) => sum + (p.density / total) * p.velocity[i], 0));
        expectAllClose(valuesOf(field, x, t), expected, { relative: 1e-12 });
      }
    }
  });

  it('includes a standard Gaussian X₀ with X₁ on K equal Diracs: v_t(x) = (Σ α_k(x) y_k − x)/(1−t), α a softmax', () => {
    const points = [0, 1, 2, -1, -1.5, 0.5];
    const toPoint = (k: number) => ({
      ...{ weight: 1, mean0: [0, 0], mean1: points.slice(2 * k, 2 * k + 2) },
      ...{ covariance0: 1, covariance1: 0 },
    });
    const asMixture = gaussianMixtureField([toPoint(0), toPoint(1), toPoint(2)]);
    const asCloud = gaussianToCloudField({ points, count: 3, dim: 2 });
    for (const t of [0, 0.4, 0.95, 1 - 1e-9]) {
      for (const x of [
        [0.2, 0.3],
        [t * 2, -t],
      ]) {
        const squares = [0, 1, 2].map((k) => (x[0] - t * points[2 * k]) ** 2 + (x[1] - t * points[2 * k + 1]) ** 2);
        const nearest = Math.min(...squares);
        const weights = squares.map((square) => Math.exp((nearest - square) / (2 * (1 - t) ** 2)));
        const total = weights[0] + weights[1] + weights[2];
        const expected = x.map((each, i) => {
          // (Σ α_k y_k − x)/(1−t) as differences, which keep their digits near t = 1.
          return weights.reduce((sum, weight, k) => sum + (weight / total) * ((points[2 * k + i] - each) / (1 - t)), 0);
        });
        // The formula loses 1/(1−t) of the digits of y − x where x is close to y.
        const absolute = 1e-15 / (1 - t);
        expectAllClose(valuesOf(asMixture, x, t), expected, { relative: 1e-12, absolute });
        expectAllClose(valuesOf(asCloud, x, t), expected, { relative: 1e-12, absolute });
      }
    }
  });
});

describe('the velocity of a mixture', () => {
  const count = 20_000;
  const interpolants: [string, Interpolant][] = [
    ['the linear interpolant', linearInterpolant()],
    ['the trigonometric interpolant with noise', trigonometricInterpolant({ sigma: 0.3 })],
    ['a Brownian bridge', brownianBridgeInterpolant({ sigma: 1.2 })],
  ];

  it.each(interpolants)('is E[dX_t/dt | X_t] along %s, by Monte Carlo', (_, interpolant) => {
    const field = gaussianMixtureField(components, { interpolant });
    const rng = createRng('monte carlo');
    for (const t of [0.2, 0.7]) {
      const { x, velocity } = draw(interpolant, t);
      const mean = valuesOf(field, x, t);
      // dX_t/dt − v(X_t) is orthogonal to every function of X_t: a mean of zero, with its own standard error. Twelve such means, so
      // five errors are a chance of 1e-5.
      for (const test of [
        () => 1,
        (a: number) => a,
        (a: number, b: number) => Math.cos(a - b),
        (a: number) => (a > 1 ? 1 : 0),
      ]) {
        for (const axis of [0, 1]) {
          let [sum, squares] = [0, 0];
          for (let i = 0; i < count; i++) {
            const each = (velocity[2 * i + axis] - mean[2 * i + axis]) * test(x[2 * i], x[2 * i + 1]);
            sum += each;
            squares += each * each;
          }
          expect(Math.abs(sum / count)).toBeLessThan(5 * Math.sqrt(squares / count / count));
        }
      }
    }

    function draw(path: Interpolant, t: number) {
      const { alpha, beta, gamma, dAlpha, dBeta, dGamma } = path.at(t);
      const [x, velocity] = [new Float64Array(2 * count), new Float64Array(2 * count)];
      const noise = fillNormal(rng.fork(`noise at ${t}`), new Float64Array(6 * count));
      const choices = rng.fork('component');
      for (let i = 0; i < count; i++) {
        const choice = choices.uniform();
        const {
          mean0,
          mean1,
          covariance0,
          covariance1,
          crossCovariance = 0,
        } = components[choice < 0.2 ? 0 : choice < 0.7 ? 1 : 2];
        const [a, b] = correlated(noise.subarray(6 * i, 6 * i + 4), covariance0, covariance1, crossCovariance);
        for (const k of [0, 1]) {
          const [start, end, epsilon] = [mean0[k] + a[k], mean1[k] + b[k], noise[6 * i + 4 + k]];
          x[2 * i + k] = alpha * start + beta * end + gamma * epsilon;
          velocity[2 * i + k] = dAlpha * start + dBeta * end + dGamma * epsilon;
        }
      }
      return { x, velocity };
    }
  });
});

type Covariance = number | number[];

/** Deviations of X₀ and X₁ for a start of covariance Σ₀ and Cov(X₀, X₁) = c·I: X₁ = c Σ₀⁻¹X₀ + a rest of covariance Σ₁ − c²Σ₀⁻¹. */
function correlated(
  z: Float64Array,
  covariance0: Covariance,
  covariance1: Covariance,
  c: number,
): [number[], number[]] {
  const full = (m: Covariance) => (typeof m === 'number' ? [m, 0, 0, m] : m);
  const [s0, s1] = [full(covariance0), full(covariance1)];
  const a = lower(s0, z[0], z[1]);
  const determinant = s0[0] * s0[3] - s0[1] * s0[1];
  const precision = [s0[3] / determinant, -s0[1] / determinant, -s0[1] / determinant, s0[0] / determinant];
  const rest = lower(
    s1.map((entry, at) => entry - c * c * precision[at]),
    z[2],
    z[3],
  );
  return [a, rest.map((each, k) => each + c * (precision[2 * k] * a[0] + precision[2 * k + 1] * a[1]))];
}

/** Lz for the Cholesky factor L of a matrix of the plane; 0 for the matrix 0. */
function lower(s: number[], y: number, z: number): number[] {
  const first = Math.sqrt(s[0]);
  const below = first === 0 ? 0 : s[1] / first;
  return [first * y, below * y + Math.sqrt(Math.max(0, s[3] - below * below)) * z];
}
