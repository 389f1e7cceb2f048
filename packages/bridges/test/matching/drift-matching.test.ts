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
    const { x0, x1 } = pairing.draw(createRng(5).fork('pairing'), 64);
    for (const direction of directions) {
      const objective = driftMatching({ direction, reference: brownian({ sigma }), ...common });
      const { t, x, target } = await objective.draw(createRng(5));
      target.forEach((each, j) => {
        const time = t[Math.floor(j / dim)];
        const expected = direction === 'forward' ? (x1[j] - x[j]) / (1 - time) : (x0[j] - x[j]) / time;
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
      // Standard normal numbers: four standard errors of their mean and mean square.
      expectClose(sum, 0, { absolute: 4 / Math.sqrt(count) });
      expectClose(squares, 1, { absolute: 4 * Math.sqrt(2 / count) });
    },
  );

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
    expect(name).toBe('backward drift of Brownian(sigma 2), batch 64, delta 0.001, uniform weight');
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
      driftMatching({ ...good, pairing: { dim, draw: () => ({ x0: new Float64Array(128), x1 }) as never } });
    expect(() => broken(new Float64Array(127)).draw(createRng(0))).toThrow('"pairing.draw(…).x1" expected length 128');
    expect(() => broken(new Float64Array(128).fill(NaN)).draw(createRng(0))).toThrow('"pairing.draw(…).x1[0]"');
    expect(() => broken(undefined).draw(createRng(0))).toThrow('"pairing.draw(…).x1"');
    expect(() => driftMatching(good).draw(null as never)).toThrow('"rng"');
  });
});
