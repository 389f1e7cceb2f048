import { emd } from '@brenier/ot-core';
import { exactPairing, independentPairing, cloudSource } from '@brenier/flows';
import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { shareSteps } from '../../src/images/method/digit-bridge.js';
import { lossRows } from '../../src/images/method/loss-rows.js';
import { pairedAtOnce } from '../../src/images/method/paired-at-once.js';

const line = (count: number, first: number) =>
  cloudSource({ points: Float64Array.from({ length: count }, (_, i) => first + i), count, dim: 1 });

describe('pairedAtOnce', () => {
  it('gives the first pairs of a larger minibatch', () => {
    const pairing = exactPairing(line(1000, 0), line(1000, 5000));
    const few = pairedAtOnce(pairing, 64).draw(createRng(3), 8);
    const many = pairing.draw(createRng(3), 64);
    expect([...few.x0]).toEqual([...many.x0.slice(0, 8)]);
    expect([...few.x1]).toEqual([...many.x1.slice(0, 8)]);
  });

  it('draws all where more are asked for than are paired at once', () => {
    const pairing = independentPairing(line(10, 0), line(10, 0));
    expect(pairedAtOnce(pairing, 4).draw(createRng(0), 9).x0.length).toBe(9);
  });

  it('costs less a pair than pairing the batch alone', () => {
    const pairing = exactPairing(line(10_000, 0), line(10_000, 0));
    const cost = (atOnce: number): number => {
      const { x0, x1 } = pairedAtOnce(pairing, atOnce).draw(createRng(1), 16);
      return x0.reduce((sum, x, i) => sum + (x - x1[i]) ** 2, 0);
    };
    // Of points on a line the expected cost falls like one over the number paired: 16 times, from 16 to 256.
    expect(cost(256)).toBeLessThan(cost(16));
    const alone = pairing.draw(createRng(1), 16);
    expect(emd(alone.x0, alone.x1, { dim: 1 }).cost * 16).toBeCloseTo(cost(16), 3);
  });
});

describe('shareSteps', () => {
  it('spends the steps that were asked for, half of them on the fits that start from nothing', () => {
    expect(shareSteps({ steps: 6000, iterations: 3 })).toEqual({ firstSteps: 2000, steps: 500 });
    expect(shareSteps({ steps: 400, iterations: 1 })).toEqual({ firstSteps: 200, steps: 200 });
  });
});

describe('lossRows', () => {
  it('keeps a short curve as it is, each mean at the end of its window', () => {
    expect(lossRows({ window: 4, means: [3, 2, 1] }, 10, 100)).toEqual([
      { step: 104, loss: 3 },
      { step: 108, loss: 2 },
      { step: 110, loss: 1 },
    ]);
  });

  it('joins the windows of a long one without changing the mean loss', () => {
    const means = Array.from({ length: 500 }, (_, k) => 1000 - k);
    const rows = lossRows({ window: 2, means }, 999);
    expect(rows).toHaveLength(63);
    expect(rows.at(-1)!.step).toBe(999);
    let before = 0;
    const sum = rows.reduce((total, { step, loss }) => {
      const length = step - before;
      before = step;
      return total + length * loss;
    }, 0);
    const expected = means.reduce((total, mean, k) => total + mean * Math.min(2, 999 - 2 * k), 0);
    expect(sum).toBeCloseTo(expected, 6);
  });
});
