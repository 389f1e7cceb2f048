import { createRng, fillNormal } from '@brenier/random';
import { expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import {
  backwardPinnedDrift,
  brownian,
  driftMatching,
  forwardPinnedDrift,
  ornsteinUhlenbeck,
  type Pairing,
} from '../../src/index.js';

const sigma = 0.8;
const dim = 2;
const pairing: Pairing = {
  dim,
  draw: (rng, count) => ({
    x0: fillNormal(rng.fork(0), new Float64Array(count * dim)),
    x1: fillNormal(rng.fork(1), new Float64Array(count * dim), { mean: 3 }),
  }),
};
const common = { pairing, batchSize: 64 };
const directions = ['forward', 'backward'] as const;
const references = [brownian({ sigma }), ornsteinUhlenbeck({ sigma, rate: 1.7 })];

describe('driftMatching', () => {
  it('regresses on (x₁ − x)/(1 − t) forwards and (x₀ − x)/t backwards for Brownian motion', async () => {
    const { x0, x1 } = pairing.draw(createRng(5).fork('pairing'), 32);
    for (const direction of directions) {
      const objective = driftMatching({ direction, reference: brownian({ sigma }), ...common });
      const { t, x, target } = await objective.draw(createRng(5));
      target.forEach((each, j) => {
        const time = t[Math.floor(j / dim)];
        const from = j % x0.length;
        const expected = direction === 'forward' ? (x1[from] - x[j]) / (1 - time) : (x0[from] - x[j]) / time;
        // The states are float32 here and float64 in the objective, and 1/(1 − t) is at most 1000.
        expectClose(each, expected, { absolute: 3e-4, relative: 1e-6 });
      });
    }
  });

  it.each(references)(
    'leads to both ends by the pinned drifts of $name, at states of its bridge',
    async (reference) => {
      const count = 20_000;
      const point: Pairing = {
        dim: 1,
        draw: (_, n) => ({ x0: new Float64Array(n).fill(-1), x1: new Float64Array(n).fill(2) }),
      };
      const options = { reference, pairing: point, batchSize: count };
      const forward = await driftMatching({ direction: 'forward', ...options }).draw(createRng(0));
      const backward = await driftMatching({ direction: 'backward', ...options }).draw(createRng(0));
      expect(forward.x).toEqual(backward.x);
      let [sum, squares] = [0, 0];
      forward.x.forEach((x, i) => {
        const t = forward.t[i];
        const { alpha, beta, gamma } = reference.pinned(t);
        const f = forwardPinnedDrift(reference, t);
        const g = backwardPinnedDrift(reference, t);
        expectClose(forward.target[i], f.state * x + f.end * 2, { absolute: 3e-4, relative: 1e-6 });
        expectClose(backward.target[i], g.state * x + g.end * -1, { absolute: 3e-4, relative: 1e-6 });
        const z = (x - (alpha * -1 + beta * 2)) / gamma;
        sum += z / count;
        squares += (z * z) / count;
      });
      // Standard normal numbers in opposite pairs: their mean vanishes up to float32 states, here over γ ≥ 0.01; four standard errors
      // of the mean square of half as many.
      expectClose(sum, 0, { absolute: 1e-4 });
      expectClose(squares, 1, { absolute: 4 * Math.sqrt(4 / count) });
    },
  );

  it('draws noise in opposite pairs between the same ends at the same time; the last of an odd batch stands alone', async () => {
    const ends: Pairing = { dim: 1, draw: (_, n) => ({ x0: new Float64Array(n), x1: new Float64Array(n).fill(1) }) };
    const objective = driftMatching({ direction: 'forward', reference: brownian(), pairing: ends, batchSize: 7 });
    const { count, t, x } = await objective.draw(createRng(3));
    expect([count, t.length, x.length]).toEqual([7, 7, 7]);
    for (let i = 0; i < 3; i++) {
      expect(t[4 + i]).toBe(t[i]);
      // The mean of the bridge at t is t.
      expectClose((x[i] + x[4 + i]) / 2, t[i], { absolute: 1e-7 });
    }
    expect(x[3]).not.toBe(t[3]);
  });

  it('cancels so nearly all the noise of targets near the end', async () => {
    // Both targets of a pair are 1 ∓ √(t/(1 − t))·ε.
    const ends: Pairing = { dim: 1, draw: (_, n) => ({ x0: new Float64Array(n), x1: new Float64Array(n).fill(1) }) };
    const count = 4000;
    const objective = driftMatching({ direction: 'forward', reference: brownian(), pairing: ends, batchSize: count });
    const { t, target } = await objective.draw(createRng(0));
    const late = [...Array(count / 2).keys()].filter((i) => t[i] > 0.99);
    expect(late.length).toBeGreaterThan(50);
    const variance = (values: number[]) => values.reduce((sum, each) => sum + (each - 1) ** 2, 0) / values.length;
    const alone = variance(late.map((i) => target[i]));
    const pairs = variance(late.map((i) => (target[i] + target[i + count / 2]) / 2));
    expect(alone).toBeGreaterThan(100);
    expect(pairs).toBeLessThan(1e-4);
  });

  it('draws times by the arcsine law, more often near the ends', async () => {
    const count = 40_000;
    const objective = driftMatching({ direction: 'forward', reference: brownian(), ...common, batchSize: count });
    const { t } = await objective.draw(createRng(0));
    const times = t.slice(0, count / 2);
    // P(s ≤ q) = (2/π)·arcsin(√q); four standard errors of a share.
    for (const q of [0.01, 0.1, 0.5, 0.9]) {
      const share = times.filter((each) => (each - 1e-3) / 0.998 <= q).length / times.length;
      expectClose(share, (2 / Math.PI) * Math.asin(Math.sqrt(q)), { absolute: (4 * 0.5) / Math.sqrt(times.length) });
    }
  });

  it('draws the same states for both directions, and the same batch for the same generator', async () => {
    const [forward, backward] = directions.map((direction) =>
      driftMatching({ direction, reference: brownian(), ...common }),
    );
    const [first, again, other] = await Promise.all([
      forward.draw(createRng(1)),
      forward.draw(createRng(1)),
      backward.draw(createRng(1)),
    ]);
    expect(first).toEqual(again);
    expect([other.x, other.t]).toEqual([first.x, first.t]);
    expect((await forward.draw(createRng(2))).x).not.toEqual(first.x);
  });

  it('keeps delta away from both ends', async () => {
    const objective = driftMatching({
      direction: 'forward',
      reference: brownian(),
      ...common,
      batchSize: 5000,
      delta: 0.2,
    });
    const { t } = await objective.draw(createRng(0));
    // Float32 rounds the ends of the interval.
    expect([Math.min(...t) >= 0.2 - 1e-7, Math.max(...t) <= 0.8 + 1e-7]).toEqual([true, true]);
    expect([Math.min(...t) < 0.201, Math.max(...t) > 0.799]).toEqual([true, true]);
  });

  it('weighs by the variance of the reference up to the end, which bounds the loss', async () => {
    for (const direction of directions) {
      const objective = driftMatching({ direction, reference: brownian({ sigma }), ...common, weight: 'end-variance' });
      const { t, weight } = await objective.draw(createRng(0));
      expectAllClose(weight!, direction === 'forward' ? t.map((each) => 1 - each) : t, { relative: 1e-6 });
      const plain = driftMatching({ direction, reference: brownian({ sigma }), ...common });
      expect((await plain.draw(createRng(0))).weight).toBeUndefined();
    }
  });

  it('names its settings, so that a checkpoint can refuse others', () => {
    const { name } = driftMatching({ direction: 'backward', reference: brownian({ sigma: 2 }), ...common });
    expect(name).toBe('backward drift of Brownian(sigma 2), unnamed pairing, batch 64, delta 0.001, uniform weight');
    const named = { ...pairing, name: 'exact' };
    expect(
      driftMatching({ direction: 'backward', reference: brownian(), batchSize: 1, pairing: named }).name,
    ).toContain(', exact pairing, ');
    expect(driftMatching({ direction: 'forward', reference: brownian(), ...common, name: 'mine' }).name).toBe('mine');
  });

  it('refuses options that are no options, and pairs that are no pairs', () => {
    const good = { direction: 'forward' as const, reference: brownian(), ...common };
    const refuse = (change: object, message: string) =>
      expect(() => driftMatching({ ...good, ...change })).toThrow(message);
    refuse({ direction: 'up' }, '"direction" expected one of "forward", "backward", got "up"');
    refuse({ reference: null }, '"reference" expected a reference such as brownian(), got null');
    refuse({ pairing: { dim: 2 } }, '"pairing.draw" expected a function');
    refuse({ pairing: { ...pairing, dim: 0 } }, '"pairing.dim"');
    refuse({ batchSize: 0 }, '"batchSize"');
    refuse({ delta: 0 }, '"delta" expected');
    refuse({ delta: 0.3 }, '"delta" expected');
    refuse({ delta: NaN }, '"delta" expected');
    refuse({ weight: 'none' }, '"weight" expected one of "uniform", "end-variance"');
    refuse({ name: 3 }, '"name" expected a string');
    refuse({ sigma: 1 }, '"options" expected only the options');
    const broken = (x1: unknown) =>
      driftMatching({ ...good, pairing: { dim, draw: () => ({ x0: new Float64Array(64), x1 }) as never } });
    expect(() => broken(new Float64Array(63)).draw(createRng(0))).toThrow('"pairing.draw(…).x1" expected length 64');
    expect(() => broken(new Float64Array(64).fill(NaN)).draw(createRng(0))).toThrow('"pairing.draw(…).x1[0]"');
    expect(() => broken(undefined).draw(createRng(0))).toThrow('"pairing.draw(…).x1"');
    expect(() => driftMatching(good).draw(null as never)).toThrow('"rng"');
  });
});
