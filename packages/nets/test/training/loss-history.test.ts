import { expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addLoss, createLossHistory, lossCurve } from '../../src/training/loss-history.js';

function curveOf(losses: readonly number[]) {
  const history = createLossHistory();
  for (const loss of losses) addLoss(history, loss);
  return lossCurve(history);
}

describe('a loss curve', () => {
  it('holds every loss of a short run', () => {
    expect(curveOf([3, 1, 2])).toEqual({ window: 1, means: Float64Array.of(3, 1, 2) });
    expect(curveOf([])).toEqual({ window: 1, means: new Float64Array(0) });
  });

  it('holds means of windows that double when 512 are full', () => {
    const whole = curveOf(Array.from({ length: 512 }, (_, k) => k));
    expect([whole.window, whole.means.length]).toEqual([1, 512]);
    const halved = curveOf(Array.from({ length: 513 }, (_, k) => k));
    expect([halved.window, halved.means.length]).toEqual([2, 257]);
    expect([...halved.means.subarray(0, 3)]).toEqual([0.5, 2.5, 4.5]);
    expect(halved.means[256]).toBe(512); // a window of one step only
  });

  it('keeps the mean of each window exact: whole losses, windows of a power of two', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 97 }), (count, stride) => {
        const losses = Array.from({ length: count }, (_, k) => (k * stride) % 101);
        const { window, means } = curveOf(losses);
        expect(means.length).toBe(Math.ceil(count / window));
        expect(means.length).toBeLessThanOrEqual(512);
        means.forEach((mean, k) => {
          const part = losses.slice(k * window, (k + 1) * window);
          expectClose(mean, part.reduce((sum, loss) => sum + loss, 0) / part.length, { relative: 0 });
        });
      }),
      { numRuns: 50 },
    );
  });
});
