import { createRng } from '@brenier/random';
import { eulerMaruyama, integrateSde, reversedDrift, type ArrayField } from '@brenier/samplers';
import { expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { drawMeanMatches, meanMatches } from '../../src/matching/mean-matching.js';
import { normalLaw } from '../normal-law.js';

const sigma = 0.9;
const drift: ArrayField = {
  dim: 1,
  evaluate: (x, t, out) => x.forEach((each, j) => (out[j] = t - 0.5 * each)),
};

describe('mean matching', () => {
  it('regresses on F(x_k) − F(x_{k+1}) in units of drift for either noise, in either direction of time', () => {
    for (const [from, to] of [
      [0, 1],
      [1, 0],
    ]) {
      const times = Float64Array.from({ length: 6 }, (_, k) => from + ((to - from) * k * k) / 25);
      const followed = from === 0 ? drift : reversedDrift(drift);
      const start = normalLaw(1).draw(createRng(0), 50);
      const { states } = integrateSde(createRng(1), followed, start, {
        method: eulerMaruyama(),
        diffusion: sigma,
        times,
      });
      const matches = meanMatches(states, times, drift);
      expect(matches.times).toEqual(times.slice(1));
      matches.drawn.forEach(({ state, target }, k) => {
        expect(state).toBe(states[k + 1]);
        const h = Math.abs(times[k + 1] - times[k]);
        const mean = (x: number) => x + h * (times[k] - 0.5 * x);
        const { state: oppositeState, target: oppositeTarget } = matches.opposite[k];
        target.forEach((each, i) => {
          const arrives = mean(states[k][i]);
          expectClose(h * each, arrives - mean(state[i]), { absolute: 1e-13 });
          expectClose(oppositeState[i] - arrives, arrives - state[i], { absolute: 1e-13 });
          expectClose(h * oppositeTarget[i], arrives - mean(oppositeState[i]), { absolute: 1e-13 });
        });
        expectClose(matches.weights[k], (5 * h) ** 2, { relative: 1e-14 });
      });
    }
  });

  it('has the mean of the step back as its regression, here that of Brownian motion from N(0, 1)', () => {
    // x_{k+1} ~ N(0, 1 + σ²t), and E[x_k | x_{k+1}] = x_{k+1}·(1 + σ²t_k)/(1 + σ²t_{k+1}), as for any Gaussian chain.
    const n = 200_000;
    const times = Float64Array.of(0, 0.5, 1);
    const still: ArrayField = { dim: 1, evaluate: (_x, _t, out) => out.fill(0) };
    const start = normalLaw(1).draw(createRng(0), n);
    const { states } = integrateSde(createRng(1), still, start, { method: eulerMaruyama(), diffusion: sigma, times });
    const { drawn, opposite } = meanMatches(states, times, still);
    [...drawn, ...opposite].forEach(({ state: x, target }, index) => {
      const k = index % drawn.length;
      const slope =
        target.reduce((sum, each, i) => sum + each * x[i], 0) / x.reduce((sum, each) => sum + each * each, 0);
      const expected = ((1 + sigma ** 2 * times[k]) / (1 + sigma ** 2 * times[k + 1]) - 1) / 0.5;
      // Four standard errors: the residual has at most the variance σ²/h of the noise, x at least variance 1.
      expectClose(slope, expected, { absolute: (4 * sigma * Math.SQRT2) / Math.sqrt(n) });
    });
  });

  it('draws whole rows, each with the time and the weight of its step', () => {
    const paths = [0, 1, 2].map((k) => Float64Array.of(10 * k, 10 * k + 1, 100 + 10 * k, 101 + 10 * k));
    const still: ArrayField = { dim: 2, evaluate: (_x, _t, out) => out.fill(0) };
    const matches = meanMatches(paths, Float64Array.of(0, 0.25, 1), still);
    const { count, dim, t, x, target, weight } = drawMeanMatches(matches, createRng(0), 40);
    expect([count, dim]).toEqual([40, 2]);
    const seen = new Set<number>();
    for (let i = 0; i < 40; i++) {
      const k = t[i] === 0.25 ? 1 : 2;
      // Steps of +10 without drift: with the opposite noise they are steps of −10.
      const way = i % 2 === 0 ? 1 : -1;
      seen.add(x[2 * i]);
      expect(x[2 * i + 1]).toBe(x[2 * i] + 1);
      expect([0, 100].map((first) => first + 10 * (k - 1 + way))).toContain(x[2 * i]);
      const h = k === 1 ? 0.25 : 0.75;
      expectClose(target[2 * i], (-10 * way) / h, { relative: 1e-7 });
      expectClose(weight![i], (2 * h) ** 2, { relative: 1e-7 });
    }
    expect(seen.size).toBe(8);
    expect(drawMeanMatches(matches, createRng(0), 3).x).toEqual(x.slice(0, 6));
  });
});
