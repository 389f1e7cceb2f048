import { createRng } from '@brenier/random';
import { expectAllClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import {
  brownianBridgeInterpolant,
  flowMatching,
  independentPairing,
  linearInterpolant,
  scoreMatching,
  type Interpolant,
} from '../../src/index.js';
import { normalSource } from '../clouds.js';

const pairing = independentPairing(normalSource([0, 0]), normalSource([3, 1], 2));

describe('scoreMatching', () => {
  it('has the pairs, times, noise and points of flowMatching, and the target −ε/γ', () => {
    const interpolant = brownianBridgeInterpolant({ sigma: 2 });
    const options = { pairing, interpolant, batchSize: 64 };
    const velocity = flowMatching(options).draw(createRng(4));
    const score = scoreMatching(options).draw(createRng(4));
    expect(score.t).toEqual(velocity.t);
    expect(score.x).toEqual(velocity.x);
    const { x0, x1 } = pairing.draw(createRng(4).fork('pairing'), 64);
    const expected = score.x.map((x, j) => {
      const { alpha, beta, gamma } = interpolant.at(score.t[j >> 1]);
      return -(x - alpha * x0[j] - beta * x1[j]) / gamma ** 2;
    });
    // x is float32, of size 6 and hence right to 5e-7, and is divided by γ² ≥ 4·1e-3.
    expectAllClose(score.target, expected, { absolute: 1e-3, relative: 1e-6 });
  });

  it('weighs errors by γ², so that weighted targets are as large as the noise at every time', () => {
    const interpolant = brownianBridgeInterpolant({ sigma: 3 });
    const { t, target, weight } = scoreMatching({ pairing, interpolant, batchSize: 5000 }).draw(createRng(5));
    expectAllClose(
      weight!,
      t.map((time) => 9 * time * (1 - time)),
      { relative: 1e-6 },
    );
    const noise = target.map((each, j) => each * Math.sqrt(weight![j >> 1]));
    const variance = noise.reduce((sum, each) => sum + each * each, 0) / noise.length;
    // Four standard errors of √2/√10,000.
    expect(Math.abs(variance - 1)).toBeLessThan(0.057);
    expect(Math.max(...noise.map(Math.abs))).toBeLessThan(6);
  });

  it('is solved by the score of the path: for normal ends, −(x − mean)/variance', () => {
    const [m, s, sigma, t] = [3, 2, 0.7, 0.4];
    const line = independentPairing(normalSource([0]), normalSource([m], s));
    const moving = linearInterpolant({ sigma });
    const frozen: Interpolant = { at: () => moving.at(t) };
    const { x, target } = scoreMatching({ pairing: line, interpolant: frozen, batchSize: 40_000 }).draw(createRng(6));
    const variance = (1 - t) ** 2 + t * t * s * s + sigma * sigma;
    // Least squares of the target on x − tm: slope −1/variance.
    let [products, squares] = [0, 0];
    x.forEach((each, i) => {
      products += (each - t * m) * target[i];
      squares += (each - t * m) ** 2;
    });
    // Targets have sd 1/σ = 1.4 and x has sd 1.2: standard error 1.4/1.2/200 = 0.006; five of them.
    expect(Math.abs(products / squares + 1 / variance)).toBeLessThan(0.03);
  });

  it('refuses paths without noise, before any is drawn', () => {
    expect(() => scoreMatching({ pairing, interpolant: linearInterpolant(), batchSize: 1 })).toThrow(
      '"interpolant.at(t).gamma" expected a finite number > 0, got 0',
    );
    const interpolant = brownianBridgeInterpolant();
    expect(() => scoreMatching({ pairing, interpolant, batchSize: 1, timeMargin: 0 })).toThrow(RangeError);
  });

  it('names itself', () => {
    const interpolant = linearInterpolant({ sigma: 1 });
    expect(scoreMatching({ pairing, interpolant, batchSize: 8 }).name).toBe(
      'score-matching, independent pairing, linear(sigma 1) interpolant, batch 8',
    );
    expect(scoreMatching({ pairing, interpolant, batchSize: 8, name: 'mine' }).name).toBe('mine');
  });
});
