import { assignCells, semidiscrete, type SemidiscretePlan } from '@brenier/ot-core';
import { createRng, fillNormal, type Rng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { exactPairing, independentPairing, semidiscretePairing, standardNormalSource } from '../../src/index.js';
import { fixedSource, normalSource } from '../clouds.js';

const plane = (rng: Rng, count: number) => ({ points: fillNormal(rng, new Float64Array(2 * count)), count, dim: 2 });
const source = standardNormalSource({ dim: 2 });
const targets = [[3, 0], [0, 3], [-3, 0], [0, -3], [0, 0]]; // prettier-ignore
const plan = semidiscrete(createRng(0), plane, targets);
const line: SemidiscretePlan = {
  target: { points: Float64Array.of(0, 1), count: 2, dim: 1 },
  b: Float64Array.of(0.5, 0.5),
  g: Float64Array.of(0.2, -0.2),
  epsilon: 0,
};

describe('semidiscretePairing', () => {
  it('pairs the starts of the independent pairing with the targets of their cells', () => {
    const { x0, x1 } = semidiscretePairing(source, plan).draw(createRng(5), 100);
    expect(x0).toEqual(independentPairing(source, source).draw(createRng(5), 100).x0);
    assignCells(plan, x0).forEach((cell, i) => {
      expect(Array.from(x1.slice(2 * i, 2 * i + 2))).toEqual(targets[cell]);
    });
  });

  it('uses each target as often as its weight says', () => {
    const { x1 } = semidiscretePairing(source, plan).draw(createRng(6), 5000);
    for (const target of targets) {
      let uses = 0;
      for (let i = 0; i < x1.length; i += 2) if (x1[i] === target[0] && x1[i + 1] === target[1]) uses++;
      // 1000 each; the plan's cells are right to 5 %, and four standard deviations of the draws are 4·√800 = 113.
      expect(Math.abs(uses - 1000)).toBeLessThan(50 + 113);
    }
  });

  it('makes the pairs of a batch that would be optimal for it', () => {
    const { x0, x1 } = semidiscretePairing(source, plan).draw(createRng(7), 200);
    const cloudOf = (points: Float64Array) => ({ dim: 2, draw: () => points.slice() });
    // The same points, paired anew by the exact solver: cells are optimal, so nothing moves.
    expect(exactPairing(cloudOf(x0), cloudOf(x1)).draw(createRng(0), 200).x1).toEqual(x1);
  });

  it('draws the ends where the plan is entropic', () => {
    const entropic = { ...line, g: new Float64Array(2), epsilon: 0.1 };
    const middle = fixedSource(new Array<number>(1000).fill(0.5));
    const { x1 } = semidiscretePairing(middle, entropic).draw(createRng(1), 1000);
    // 500 ± 4·√250 of two equally likely ends.
    expect(Math.abs(x1.reduce((sum, x) => sum + x, 0) - 500)).toBeLessThan(64);
  });

  it('hands on the classes of the targets', () => {
    const pairing = semidiscretePairing(fixedSource([0.4, 0.8]), line, { label: Int32Array.of(7, -1) });
    // The wall is at ½ + 0.2.
    expect(pairing.draw(createRng(0), 2)).toEqual({
      x0: Float64Array.of(0.4, 0.8),
      x1: Float64Array.of(0, 1),
      label: Int32Array.of(7, -1),
    });
  });

  it('refuses what is no plan, another dimension, and classes that do not fit', () => {
    const start = normalSource([0]);
    expect(() => semidiscretePairing(start, {} as never)).toThrow('"plan" expected a plan from semidiscrete');
    expect(() => semidiscretePairing(start, undefined as never)).toThrow(TypeError);
    expect(() => semidiscretePairing(start, plan)).toThrow('"plan.target.dim" expected 1');
    expect(() => semidiscretePairing(start, line, { label: [0, 0.5] })).toThrow('"label[1]" expected a whole number');
    expect(() => semidiscretePairing(start, line, { label: Int32Array.of(1) })).toThrow('"label" expected length 2');
    expect(() => semidiscretePairing(start, line, { label: null } as never)).toThrow('"label"');
    expect(() => semidiscretePairing(start, line, { labels: 1 } as never)).toThrow('got "labels"');
    expect(() => semidiscretePairing(null as never, line)).toThrow('"source"');
    expect(() => semidiscretePairing(start, { ...line, g: new Float64Array(3) }).draw(createRng(0), 1)).toThrow(
      TypeError,
    );
    expect(() => semidiscretePairing(start, line).draw(createRng(0), 0)).toThrow('"count"');
    expect(() => semidiscretePairing(start, line).draw(0 as never, 1)).toThrow(TypeError);
  });
});
