import { readFileSync } from 'node:fs';
import { createRng } from '@brenier/random';
import { expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import {
  brownianBridgeInterpolant,
  exactPairing,
  linearInterpolant,
  lipmanInterpolant,
  trigonometricInterpolant,
  type Interpolant,
} from '../src/index.js';

// The conditional paths of torchcfm 1.0.7 in float64; how they were made is said in make-conditional-path-fixtures.py.
type Matcher = 'cfm' | 'otcfm' | 'target' | 'bridge' | 'vp';
const interpolantOf: Record<Matcher, (sigma: number) => Interpolant> = {
  cfm: (sigma) => linearInterpolant({ sigma }),
  otcfm: (sigma) => linearInterpolant({ sigma }),
  target: (sigma) => lipmanInterpolant({ sigma }),
  bridge: (sigma) => brownianBridgeInterpolant({ sigma }),
  vp: (sigma) => trigonometricInterpolant({ sigma }),
};

interface Path {
  readonly matcher: Matcher;
  readonly sigma: number;
  readonly shape: number[];
  /** One a sample. */
  readonly t: number[];
  readonly deviation: number[];
  readonly lambdas: number[];
  /** One a coordinate. */
  readonly x0: number[];
  readonly x1: number[];
  readonly epsilon: number[];
  readonly mean: number[];
  readonly x: number[];
  readonly velocity: number[];
}

interface Fixture {
  readonly paths: Path[];
  readonly pairs: { readonly dim: number; readonly x0: number[]; readonly x1: number[]; readonly columns: number[] }[];
}

const url = new URL('./fixtures/conditional-paths.json', import.meta.url);
const fixture = JSON.parse(readFileSync(url, 'utf8')) as Fixture;

/** Start, end, noise, and what time decides, of coordinate j of a path. The target path's noise is our start. */
function coordinate(path: Path, j: number) {
  const row = Math.floor((j * path.t.length) / path.x.length);
  const values = interpolantOf[path.matcher](path.sigma).at(path.t[row]);
  const isTarget = path.matcher === 'target';
  return { row, values, start: (isTarget ? path.epsilon : path.x0)[j], end: path.x1[j], epsilon: path.epsilon[j] };
}

const each = fixture.paths.map(
  (path) => [`${path.matcher}, sigma ${path.sigma}, shape ${path.shape.join('×')}`, path] as const,
);

describe('interpolants and the conditional paths of torchcfm', () => {
  it.each(each)('agree in mean, deviation, point, velocity and score weight: %s', (_, path) => {
    expect(path.x.length).toBe(path.shape.reduce((product, size) => product * size, 1));
    const isTarget = path.matcher === 'target';
    for (let j = 0; j < path.x.length; j++) {
      const { row, values, start, end, epsilon } = coordinate(path, j);
      const { alpha, beta, gamma, dAlpha, dBeta, dGamma } = values;
      // Two correct float64 evaluations of numbers of size 10.
      const rounding = { relative: 1e-14, absolute: 1e-14 };
      expectClose(isTarget ? beta * end : alpha * start + beta * end, path.mean[j], rounding);
      expectClose(isTarget ? alpha : gamma, path.deviation[row], rounding);
      expectClose(alpha * start + beta * end + gamma * epsilon, path.x[j], rounding);
      expectClose(
        dAlpha * start + dBeta * end + dGamma * epsilon,
        path.velocity[j],
        velocityTolerance(path, j, dGamma),
      );
      // λ = 2·deviation/σ²: the published loss |λs̃ + ε|² of s̃ = ½σ²s is ours, weight (½σ²λ)² = deviation².
      expectClose(0.5 * (path.sigma ** 2 + 1e-8) * path.lambdas[row], isTarget ? alpha : gamma, rounding);
    }
  });
});

/**
 * The bridge divides by 2t(1−t) + 1e-8 there, and x − μ has lost its last digits to x before; the target path divides by
 * σ at worst, after the last digits of x₁ − (1−σ)x.
 */
function velocityTolerance({ matcher, t, x, epsilon, sigma }: Path, j: number, dGamma: number) {
  const time = t[Math.floor((j * t.length) / x.length)];
  const spread = 2 * time * (1 - time);
  const rounding = { relative: 1e-13, absolute: 1e-13 };
  if (matcher === 'bridge') return { ...rounding, absolute: 1e-12 + (Math.abs(dGamma * epsilon[j]) * 1.1e-8) / spread };
  if (matcher !== 'target') return rounding;
  return { ...rounding, absolute: 1e-14 + 4e-15 / Math.max(1 - (1 - sigma) * time, 1e-300) };
}

describe('exactPairing and the exact plan of torchcfm', () => {
  it.each(fixture.pairs.map((pairs) => [pairs.columns.length, pairs] as const))(
    'pair alike: %i points',
    (count, pairs) => {
      const sourceOf = (points: number[]) => ({ dim: pairs.dim, draw: () => Float64Array.from(points) });
      const { x1 } = exactPairing(sourceOf(pairs.x0), sourceOf(pairs.x1)).draw(createRng(0), count);
      const expected = pairs.columns.flatMap((column) => pairs.x1.slice(column * pairs.dim, (column + 1) * pairs.dim));
      expect(Array.from(x1)).toEqual(expected);
    },
  );
});
