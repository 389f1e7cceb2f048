import { describe, expect, it } from 'vitest';
import { fitLine } from '../src/fit-line.js';
import { describeTrend, isFlat } from '../src/judge-trend.js';
import { watchMemory } from '../src/memory-watch.js';

describe('fitLine', () => {
  it('recovers a line exactly', () => {
    expect(fitLine([0, 1, 2, 3], [5, 7, 9, 11])).toEqual({ level: 5, slope: 2, slopeError: 0 });
  });

  it('minimises the squares, with the error of the slope', () => {
    // By hand: slope Σ(x−1)(y−1)/Σ(x−1)² = 0, squares 1 + 4 + 1 = 6 over n − 2 = 1, divided by Σ(x−1)² = 2.
    expect(fitLine([0, 1, 2], [0, 3, 0])).toEqual({ level: 1, slope: 0, slopeError: Math.sqrt(3) });
  });

  it('is level through one point', () => {
    expect(fitLine([7], [3])).toEqual({ level: 3, slope: 0, slopeError: 0 });
  });
});

describe('watchMemory', () => {
  it('sees what is kept in every repetition, and what is counted', () => {
    const kept: Float64Array[] = [];
    let tensors = 0;
    const watch = watchMemory(
      1000,
      () => undefined,
      () => tensors,
    );
    for (let k = 1; k <= 1000; k++) {
      kept.push(new Float64Array(1000));
      tensors++;
      watch.repeated(k);
    }
    const { buffers, tensors: counted } = Object.fromEntries(watch.trends().map((each) => [each.quantity, each]));
    // 8000 bytes in each of the last 700 repetitions; other buffers of the process come and go.
    expect(buffers.growth / (700 * 8000)).toBeGreaterThan(0.5);
    expect(isFlat(buffers)).toBe(false);
    expect(counted.level).toBeCloseTo(300, 6);
    expect(counted.growth).toBeCloseTo(699, 6); // looks at 300, 303, …, 999
    expect(isFlat(counted)).toBe(false);
  });

  it('looks at memory two hundred times and at both ends, after the warm-up', () => {
    let looks = 0;
    const watch = watchMemory(100_000, () => void looks++);
    for (let k = 1; k <= 100_000; k++) watch.repeated(k);
    expect(looks).toBe(201);
    expect(watch.trends().map(({ quantity }) => quantity)).toEqual(['rss', 'heap', 'buffers']);
  });
});

describe('a trend', () => {
  it('is flat within its allowance, and says so', () => {
    const trend = { level: 3 * 2 ** 20, growthError: 2 ** 10, growth: 2 ** 19 };
    expect(describeTrend({ ...trend, quantity: 'heap' })).toBe('heap    3.00 MiB +0.500 ± 0.001 flat');
    expect(describeTrend({ ...trend, growth: 2 ** 21, quantity: 'buffers' })).toBe(
      'buffers 3.00 MiB +2.000 ± 0.001 GROWS',
    );
    expect(describeTrend({ level: 4, growth: -1, growthError: 0, quantity: 'tensors' })).toBe('tensors 4 −1.0 flat');
  });
});
