import { createRng } from '@brenier/random';
import { euler, integrate, type ArrayField } from '@brenier/samplers';
import { describe, expect, it } from 'vitest';
import {
  cloudSource,
  labelledCloudSource,
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
        onRound: (round) => void seen.push(round),
      });
    const rounds = await run();
    expect(seen).toEqual(rounds);
    expect(previous).toEqual([undefined, rounds[0].model, rounds[1].model]);
    expect(names).toEqual([
      'rf, independent pairing, reflows 0, batch 4',
      'rf, model pairing, reflows 1, batch 4',
      'rf, model pairing, reflows 2, batch 4',
    ]);
    expect((await run()).map(({ model }) => model)).toEqual(rounds.map(({ model }) => model));
  });

  it('waits for who is told, and fails with them', async () => {
    const { source, target } = options;
    const order: string[] = [];
    const short: RectifyOptions<number> = {
      ...{ source, target, batchSize: 1, carry: (_, x0) => x0 },
      fit: (_, { reflows }) => order.push(`fit ${reflows}`),
      onRound: async ({ reflows }) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        order.push(`saved ${reflows}`);
      },
    };
    await rectify(createRng(0), short);
    expect(order).toEqual(['fit 0', 'saved 0', 'fit 1', 'saved 1']);
    const full = { ...short, onRound: () => Promise.reject(new Error('disk full')) };
    await expect(rectify(createRng(0), full)).rejects.toThrow('disk full');
  });

  it('gives carry a generator of the draw, for stochastic models', async () => {
    const rounds = await rectify<number>(createRng(0), {
      ...{ source: options.source, target: options.target, batchSize: 1, fit: () => 0 },
      carry: (_, x0, { rng, label }) => x0.fill(label ?? rng.uniform()),
    });
    const draw = (seed: number) => rounds[1].pairing.draw(createRng(seed), 2).x1;
    expect(draw(0)).toEqual(new Float64Array(2).fill(createRng(0).fork('carry').uniform()));
    expect(draw(1)).not.toEqual(draw(0));
  });

  describe('with classes', () => {
    const source = standardNormalSource({ dim: 1 });
    // Three points in four are of class 0, at −4; the fourth is of class 1, at 4.
    const target = labelledCloudSource({ points: [-4, -4, -4, 4], count: 4, dim: 1 }, [0, 0, 0, 1]);
    const classed: RectifyOptions<number[]> = {
      ...{ source, target, batchSize: 2000, reflows: 2 },
      // The mean velocity of each class: 4 to its side.
      fit(objective, { rng }) {
        const { target: velocity, label } = objective.draw(rng);
        return [0, 1].map((each) => {
          const mine = velocity.filter((_, i) => label![i] === each);
          return mine.reduce((sum, v) => sum + v, 0) / mine.length;
        });
      },
      carry: (velocities, x0, { label }) => x0.map((x) => x + velocities[label!]),
    };

    it('keeps them round after round: each model learns where its class goes', async () => {
      for (const pairs of [undefined, 2000]) {
        const rounds = await rectify(createRng(5), { ...classed, pairs });
        for (const { model, pairing } of rounds) {
          // Means of 500 or more standard normal numbers, one round upon the other.
          expect(Math.abs(model[0] + 4)).toBeLessThan(0.2);
          expect(Math.abs(model[1] - 4)).toBeLessThan(0.4);
          const { x0, label } = pairing.draw(createRng(6), 4000);
          const ones = label!.reduce((sum, each) => sum + each, 0);
          // A quarter, within four standard deviations of a binomial number, and four more of that of the kept pairs.
          expect(Math.abs(ones / 4000 - 0.25)).toBeLessThan(0.07);
          const startsOfOne = x0.filter((_, i) => label![i] === 1);
          expect(Math.abs(startsOfOne.reduce((sum, x) => sum + x, 0) / ones)).toBeLessThan(0.4);
        }
      }
    });

    it('carries the starts of the run without them', async () => {
      const still = { ...classed, reflows: 1, fit: () => [0, 0] };
      const [, labelled] = await rectify(createRng(5), still);
      const unlabelled = await rectify<number[]>(createRng(5), {
        ...still,
        target: cloudSource({ points: [-4, -4, -4, 4], count: 4, dim: 1 }),
        carry: (_, x0) => x0,
      });
      const drawn = unlabelled[1].pairing.draw(createRng(7), 50);
      expect(drawn).not.toHaveProperty('label');
      expect(labelled.pairing.draw(createRng(7), 50).x0).toEqual(drawn.x0);
    });

    it('leaves classes of the source aside', async () => {
      const labelledSource = labelledCloudSource({ points: [0, 1], count: 2, dim: 1 }, [0, 1]);
      const rounds = await rectify<number[]>(createRng(5), {
        ...{ ...classed, source: labelledSource, target: source, reflows: 1, fit: () => [] },
        carry: (_, x0, { label }) => x0.fill(label ?? 9),
      });
      const { x1, label } = rounds[1].pairing.draw(createRng(7), 3);
      expect([x1, label]).toEqual([Float64Array.of(9, 9, 9), undefined]);
    });
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
