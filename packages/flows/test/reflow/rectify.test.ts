import { createRng } from '@brenier/random';
import { euler, integrate, type ArrayField } from '@brenier/samplers';
import { describe, expect, it } from 'vitest';
import {
  rectify,
  standardNormalSource,
  type Objective,
  type RectifiedRound,
  type RectifyOptions,
} from '../../src/index.js';
import { normalSource } from '../clouds.js';

// Fields on the line of the form (a + b·x) in each of twenty slices of time, fitted by least squares: between normal laws the
// velocity has that form, so the fit is exact up to sampling.
const NODES = 20;
interface LineField extends ArrayField {
  readonly coefficients: readonly (readonly [number, number])[];
}

function fitLines(objective: Objective, rng: ReturnType<typeof createRng>): LineField {
  const { t, x, target } = objective.draw(rng);
  const coefficients = Array.from({ length: NODES }, (_, node) => {
    const mine = Array.from(t.keys()).filter((i) => Math.floor(t[i] * NODES) === node);
    const mean = (of: (i: number) => number) => mine.reduce((sum, i) => sum + of(i), 0) / mine.length;
    const [mx, my] = [mean((i) => x[i]), mean((i) => target[i])];
    const slope = mean((i) => (x[i] - mx) * (target[i] - my)) / mean((i) => (x[i] - mx) ** 2);
    return [my - slope * mx, slope] as const;
  });
  return {
    dim: 1,
    coefficients,
    evaluate(points, time, out) {
      const [offset, slope] = coefficients[Math.min(NODES - 1, Math.floor(time * NODES))];
      points.forEach((each, i) => (out[i] = offset + slope * each));
    },
  };
}

const carry = (field: ArrayField, x0: Float64Array) => integrate(field, x0, { method: euler(), numSteps: NODES }).final;

const options: RectifyOptions<LineField> = {
  source: standardNormalSource({ dim: 1 }),
  target: normalSource([3], 2),
  batchSize: 20_000,
  reflows: 2,
  fit: (objective, { rng }) => fitLines(objective, rng),
  carry,
};

/** Mean squared distance of what one Euler step and of what twenty make of the same starts. */
function curvature(field: ArrayField): number {
  const x0 = standardNormalSource({ dim: 1 }).draw(createRng('test'), 2000);
  const one = integrate(field, x0, { method: euler(), numSteps: 1 }).final;
  return carry(field, x0).reduce((sum, x, i) => sum + (x - one[i]) ** 2, 0) / 2000;
}

describe('rectify', () => {
  it('keeps the marginals and straightens the paths, round after round', async () => {
    const rounds = await rectify(createRng(1), options);
    expect(rounds.map(({ reflows }) => reflows)).toEqual([0, 1, 2]);
    for (const { model, reflows } of rounds) {
      const x1 = carry(model, standardNormalSource({ dim: 1 }).draw(createRng('ends'), 20_000));
      const mean = x1.reduce((sum, x) => sum + x, 0) / x1.length;
      const sd = Math.sqrt(x1.reduce((sum, x) => sum + (x - mean) ** 2, 0) / x1.length);
      // The target is N(3, 2²). Slices of time and Euler steps of 1/20 lose a little each round, and losses add up.
      expect(Math.abs(mean - 3)).toBeLessThan(0.1 * (reflows + 1));
      expect(Math.abs(sd - 2)).toBeLessThan(0.05 * (reflows + 1));
    }
    const [first, second] = rounds.map(({ model }) => curvature(model));
    // Independent pairs of N(0, 1) and N(3, 4): v(x, 0) = 3 − x, so one step goes to 3, twenty to about 3 + 2x.
    expect(first).toBeGreaterThan(2);
    // After one reflow pairs lie on the monotone map, whose displacement interpolation has straight paths.
    expect(second).toBeLessThan(0.05);
  });

  it('pairs each round by the model of the round before, the first one independently', async () => {
    const rounds = await rectify(createRng(2), { ...options, reflows: 1 });
    const pairs = rounds.map(({ pairing }) => pairing.draw(createRng(3), 5000));
    const covariances = pairs.map(({ x0, x1 }) => x0.reduce((sum, x, i) => sum + x * (x1[i] - 3), 0) / 5000);
    // Independent: 0 ± 4·2/√5000. Monotone: the spread of the ends, about 2.
    expect(Math.abs(covariances[0])).toBeLessThan(0.12);
    expect(Math.abs(covariances[1] - 2)).toBeLessThan(0.3);
    expect(pairs[1].x1).toEqual(carry(rounds[0].model, pairs[1].x0));
  });

  it('keeps pairs where it is told how many', async () => {
    const rounds = await rectify(createRng(2), { ...options, reflows: 1, pairs: 3 });
    expect(new Set(rounds[1].pairing.draw(createRng(3), 500).x0).size).toBe(3);
    expect(new Set(rounds[0].pairing.draw(createRng(3), 500).x0).size).toBe(500);
  });

  it('depends on the seed alone, tells of each round, and hands the model before to the next fit', async () => {
    const seen: RectifiedRound<string>[] = [];
    const previous: (string | undefined)[] = [];
    const names: string[] = [];
    const run = () =>
      rectify<string>(createRng(4), {
        source: options.source,
        target: options.target,
        batchSize: 4,
        reflows: 2,
        fit: async (objective, round, model) => {
          await Promise.resolve();
          previous.push(model);
          names.push(objective.name);
          return `${round.reflows}:${objective.draw(round.rng).target.join()}`;
        },
        carry: (_, x0) => x0,
        onRound: (round) => seen.push(round),
      });
    const rounds = await run();
    expect(seen).toEqual(rounds);
    expect(previous).toEqual([undefined, rounds[0].model, rounds[1].model]);
    expect(names).toEqual([0, 1, 2].map((reflows) => `rf, reflows ${reflows}, batch 4`));
    expect((await run()).map(({ model }) => model)).toEqual(rounds.map(({ model }) => model));
  });

  it('runs one round without reflows, and one reflow where nothing is said', async () => {
    const fit = () => 0;
    const { source, target } = options;
    const short: RectifyOptions<number> = { source, target, batchSize: 1, fit, carry: (_, x0) => x0 };
    expect(await rectify(createRng(0), { ...short, reflows: 0 })).toHaveLength(1);
    expect(await rectify(createRng(0), short)).toHaveLength(2);
  });

  const refused: [string, object, string][] = [
    ['ends of two dimensions', { target: normalSource([0, 0]) }, '"target.dim" expected 1'],
    ['an empty batch', { batchSize: 0 }, '"batchSize"'],
    ['fewer than no reflows', { reflows: -1 }, '"reflows"'],
    ['no pairs to keep', { pairs: 0 }, '"pairs"'],
    ['no training', { fit: undefined }, '"fit" expected a function'],
    ['no integrator', { carry: 1 }, '"carry" expected a function, got 1'],
    ['a listener that is none', { onRound: 1 }, '"onRound" expected a function, got 1'],
    ['an unknown option', { sigma: 0 }, 'got "sigma"'],
  ];
  for (const [what, change, message] of refused) {
    it(`refuses ${what}`, async () => {
      await expect(rectify(createRng(0), { ...options, ...change })).rejects.toThrow(message);
    });
  }

  it('refuses a generator that is none, and passes on what the parts throw', async () => {
    await expect(rectify(undefined as never, options)).rejects.toThrow(TypeError);
    const failing = { ...options, fit: () => Promise.reject(new Error('no memory')) };
    await expect(rectify(createRng(0), failing)).rejects.toThrow('no memory');
  });
});
