import { createRng, normal } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { independentPairing, labelledCloudSource, modelPairing, type CarryOptions } from '../../src/index.js';
import { normalSource } from '../clouds.js';

const source = normalSource([0, 0]);

describe('modelPairing', () => {
  it('pairs the starts of the independent pairing with where the model takes them', () => {
    const { x0, x1 } = modelPairing(source, (x) => x.map((each) => 2 * each)).draw(createRng(4), 10);
    expect(x0).toEqual(independentPairing(source, source).draw(createRng(4), 10).x0);
    expect(x1).toEqual(x0.map((each) => 2 * each));
  });

  it('lets the model change its argument in place, and keeps the starts', () => {
    const inPlace = modelPairing(source, (x) => x.fill(7)).draw(createRng(4), 3);
    expect(inPlace.x1).toEqual(new Float64Array(6).fill(7));
    expect(inPlace.x0).toEqual(source.draw(createRng(4).fork('source'), 3));
  });

  it('gives a stochastic model noise of its own, the same for the same generator', () => {
    const noisy = modelPairing(source, (x, { rng }) => x.map((each) => each + normal(rng)));
    expect(noisy.draw(createRng(1), 5)).toEqual(noisy.draw(createRng(1), 5));
    expect(noisy.draw(createRng(1), 5).x1).not.toEqual(noisy.draw(createRng(2), 5).x1);
  });

  it('carries the starts of each class on their own, and puts them and their classes back in order', () => {
    const cloud = { points: [0, 5, 1, 6, 2, 7, 3, 8], count: 4, dim: 2 };
    const labelled = labelledCloudSource(cloud, [2, -1, 0, 2]);
    const asked: CarryOptions[] = [];
    const pairing = modelPairing(labelled, (x, options) => {
      asked.push(options);
      return x.map((each) => each + 100 * options.label!);
    });
    const { x0, x1, label } = pairing.draw(createRng(4), 40);
    expect({ points: x0, label }).toEqual(labelled.drawLabelled(createRng(4).fork('source'), 40));
    expect(x1).toEqual(x0.map((each, j) => each + 100 * label![j >> 1]));
    expect(asked.map((each) => each.label).sort()).toEqual([-1, 0, 2]);
    expect(new Set(asked.map(({ rng }) => rng.uniform())).size).toBe(3);
  });

  it('refuses what is no source and no model, and ends that are too few or not finite', () => {
    const carrying = (ends: unknown) => () => modelPairing(source, () => ends as never).draw(createRng(0), 2);
    expect(carrying(new Float64Array(3))).toThrow('"carry(…)" expected length 4, got 3');
    expect(carrying(Float64Array.of(0, 0, NaN, 0))).toThrow('"carry(…)[2]" expected a finite number, got NaN');
    expect(carrying(undefined)).toThrow(TypeError);
    expect(carrying(Promise.resolve(new Float64Array(4)))).toThrow(TypeError);
    expect(() => modelPairing(source, 3 as never)).toThrow('"carry" expected a function, got 3');
    expect(() => modelPairing(null as never, (x) => x)).toThrow('"source" expected an object');
    expect(() => modelPairing(source, (x) => x).draw(createRng(0), 0)).toThrow('"count"');
    expect(() => modelPairing(source, (x) => x).draw({} as never, 1)).toThrow(TypeError);
  });
});
