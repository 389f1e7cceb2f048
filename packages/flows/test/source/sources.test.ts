import { createRng, type Rng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { cloudSource, generatorSource } from '../../src/index.js';

describe('cloudSource', () => {
  it('draws every point equally often, with replacement', () => {
    const source = cloudSource({ points: [0, 1, 2, 3], count: 4, dim: 1 });
    const counts = [0, 0, 0, 0];
    for (const x of source.draw(createRng(2), 4000)) counts[x]++;
    // Pearson's statistic with 3 degrees of freedom exceeds 16.3 with probability 0.001.
    expect(counts.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0)).toBeLessThan(16.3);
    // A batch as large as the set misses (1−1/n)ⁿ ≈ 37 % of it: drawing with replacement shows.
    const all = cloudSource({ points: Float64Array.from({ length: 1000 }, (_, i) => i), count: 1000, dim: 1 });
    const distinct = new Set(all.draw(createRng(0), 1000)).size;
    expect(Math.abs(distinct - 632)).toBeLessThan(50);
  });

  it('keeps the coordinates of a point together', () => {
    const source = cloudSource({ points: [1, -1, 2, -2, 3, -3], count: 3, dim: 2 });
    const drawn = source.draw(createRng(0), 50);
    for (let i = 0; i < 100; i += 2) expect(drawn[i + 1]).toBe(-drawn[i]);
  });

  it('copies its points and repeats a draw for the same generator', () => {
    const points = Float64Array.of(5, 5);
    const source = cloudSource({ points, count: 2, dim: 1 });
    points.fill(0);
    expect(Array.from(source.draw(createRng(0), 3))).toEqual([5, 5, 5]);
    const letters = cloudSource({ points: [1, 2, 3], count: 3, dim: 1 });
    expect(letters.draw(createRng(4), 20)).toEqual(letters.draw(createRng(4), 20));
  });

  it('refuses empty, ragged and infinite clouds, and draws of nothing', () => {
    expect(() => cloudSource({ points: [], count: 0, dim: 1 })).toThrow(RangeError);
    expect(() => cloudSource({ points: [1, 2, 3], count: 2, dim: 2 })).toThrow(RangeError);
    expect(() => cloudSource({ points: [Infinity], count: 1, dim: 1 })).toThrow(RangeError);
    expect(() => cloudSource(undefined as never)).toThrow(TypeError);
    const source = cloudSource({ points: [1], count: 1, dim: 1 });
    expect(() => source.draw(createRng(0), 0)).toThrow('"count"');
    expect(() => source.draw(null as never, 1)).toThrow(TypeError);
  });
});

describe('generatorSource', () => {
  const ramp = (_: Rng, count: number) => ({
    points: Float64Array.from({ length: count }, (_, i) => i),
    count,
    dim: 1,
  });

  it('passes the generator’s points on', () => {
    expect(Array.from(generatorSource(ramp, { dim: 1 }).draw(createRng(0), 3))).toEqual([0, 1, 2]);
  });

  it('refuses another dimension than promised', () => {
    const draw = () => generatorSource(ramp, { dim: 2 }).draw(createRng(0), 3);
    expect(draw).toThrow('"generate" expected to make points of dimension 2, got 1');
  });

  it('refuses a generator that makes nothing', () => {
    const draw = () => generatorSource(() => undefined as never, { dim: 2 }).draw(createRng(0), 3);
    expect(draw).toThrow('"generate" expected to make points of dimension 2, got undefined');
  });

  it('refuses what is no generator and no dimension', () => {
    expect(() => generatorSource(3 as never, { dim: 1 })).toThrow('"generate" expected a function, got 3');
    expect(() => generatorSource(ramp, { dim: 0 })).toThrow('"dim"');
    expect(() => generatorSource(ramp, undefined as never)).toThrow('"dim"');
    expect(() => generatorSource(ramp, { dim: 1, count: 2 } as never)).toThrow('got "count"');
  });
});
