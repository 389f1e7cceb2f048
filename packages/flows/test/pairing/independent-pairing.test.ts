import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { independentPairing, type PointSource } from '../../src/index.js';
import { normalSource } from '../clouds.js';

describe('independentPairing', () => {
  it('draws starts and ends from forks of their own', () => {
    const [source, target] = [normalSource([0, 0]), normalSource([5, 5])];
    const { x0, x1 } = independentPairing(source, target).draw(createRng(7), 10);
    expect(x0).toEqual(source.draw(createRng(7).fork('source'), 10));
    expect(x1).toEqual(target.draw(createRng(7).fork('target'), 10));
  });

  it('gives uncorrelated ends even where source and target are the same', () => {
    const source = normalSource([0]);
    const { x0, x1 } = independentPairing(source, source).draw(createRng(1), 10_000);
    const correlation = x0.reduce((sum, x, i) => sum + x * x1[i], 0) / 10_000;
    // Four standard errors of 1/√10,000.
    expect(Math.abs(correlation)).toBeLessThan(0.04);
  });

  it('takes sources that draw other kinds of arrays', () => {
    const float32 = { dim: 1, draw: (_: unknown, count: number) => new Float32Array(count).fill(0.5) };
    const { x0 } = independentPairing(float32 as unknown as PointSource, normalSource([0])).draw(createRng(0), 2);
    expect(x0).toEqual(Float64Array.of(0.5, 0.5));
  });

  it('refuses draws of the wrong length or with numbers that are not finite', () => {
    const good = normalSource([0]);
    const broken = (points: unknown) => ({ dim: 1, draw: () => points }) as unknown as PointSource;
    const draw = (source: PointSource) => () => independentPairing(source, good).draw(createRng(0), 2);
    expect(draw(broken(new Float64Array(3)))).toThrow('"source.draw(…)" expected length 2, got 3');
    expect(draw(broken(Float64Array.of(0, NaN)))).toThrow('"source.draw(…)[1]" expected a finite number, got NaN');
    expect(draw(broken(undefined))).toThrow('"source.draw(…)" expected a typed array');
    expect(() => independentPairing(good, { dim: 1 } as PointSource)).toThrow('"target.draw" expected a function');
    expect(() => independentPairing({ dim: 0, draw: good.draw }, good)).toThrow('"source.dim"');
  });
});
