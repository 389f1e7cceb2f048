import { createRng } from '@brenier/random';
import { expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  classPairing,
  exactPairing,
  independentPairing,
  labelledCloudSource,
  type LabelledSource,
  type PointSource,
} from '../../src/index.js';
import { meanSquaredDistance, normalSource, sortedRows } from '../clouds.js';

/** Two classes of points of a line: 0 below `gap`, 1 above. */
function twoClasses(gap: number): LabelledSource {
  const points = Array.from({ length: 40 }, (_, i) => gap + (i < 20 ? -3 + i / 20 : 2 + i / 20));
  return labelledCloudSource(
    { points, count: 40, dim: 1 },
    Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 1)),
  );
}

/** The classes that the starts of a batch have, drawn as the pairing does. */
function startLabels(source: LabelledSource, seed: number, count: number): Int32Array {
  return source.drawLabelled(createRng(seed).fork('source'), count).label;
}

const differing = (p: Int32Array, q: Int32Array) => p.filter((each, i) => each !== q[i]).length;

describe('classPairing', () => {
  it('is the exact pairing where leaving a class costs nothing', () => {
    const [source, target] = [normalSource([0]), twoClasses(1)];
    expect(classPairing(source, target, { penalty: 0 }).draw(createRng(3), 50)).toEqual(
      exactPairing(source, target).draw(createRng(3), 50),
    );
  });

  it('keeps the points of the independent batch, its starts in order, and each end with its class', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom(0, 0.1, 5, 1e6),
        (seed, count, penalty) => {
          const [source, target] = [normalSource([0]), twoClasses(0)];
          const independent = independentPairing(source, target).draw(createRng(seed), count);
          const { x0, x1, label } = classPairing(source, target, { penalty }).draw(createRng(seed), count);
          expect(x0).toEqual(independent.x0);
          expect(sortedRows(x1, 1)).toEqual(sortedRows(independent.x1, 1));
          expect(Array.from(label!)).toEqual(Array.from(x1, (x) => (x < 0 ? 0 : 1)));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('crosses as few classes as possible at a large penalty: as many as the counts of a batch demand', () => {
    const [source, target] = [twoClasses(0), twoClasses(-1)];
    for (let seed = 0; seed < 10; seed++) {
      const { label } = classPairing(source, target, { penalty: 1000 }).draw(createRng(seed), 30);
      const starts = startLabels(source, seed, 30);
      const ones = (labels: Int32Array) => labels.reduce((sum, each) => sum + each, 0);
      expect(differing(label!, starts)).toBe(Math.abs(ones(label!) - ones(starts)));
    }
  });

  it('pairs within classes in the optimal, monotone order of each', () => {
    const target = twoClasses(0);
    const { x0, x1, label } = classPairing(normalSource([0]), target, { penalty: 1000 }).draw(createRng(8), 60);
    for (const each of [0, 1]) {
      const mine = Array.from(x0.keys()).filter((i) => label![i] === each);
      const byStart = mine.sort((i, j) => x0[i] - x0[j]).map((i) => x1[i]);
      expect(byStart).toEqual(byStart.slice().sort((p, q) => p - q));
    }
  });

  it('pairs the same at every penalty from twice the largest squared distance on, Infinity included', () => {
    const target = twoClasses(0);
    const noise = normalSource([0]);
    for (const source of [noise, twoClasses(-1)]) {
      const pairs = (penalty: number) => classPairing(source, target, { penalty }).draw(createRng(8), 200);
      const labels =
        source === noise
          ? independentPairing(noise, target).draw(createRng(8), 200).label!
          : startLabels(twoClasses(-1), 8, 200);
      // All points lie within 10 of each other.
      const expected = pairs(200);
      for (const penalty of [1e6, 1e12, 1e15, 1e18, 1e30, Number.MAX_VALUE, Infinity]) {
        const { x0, x1, label } = pairs(penalty);
        // Not the pairs themselves: starts that were drawn twice may change places.
        expect(differing(label!, labels)).toBe(differing(expected.label!, labels));
        expectClose(meanSquaredDistance(x0, x1, 1), meanSquaredDistance(expected.x0, expected.x1, 1), {
          relative: 1e-9,
        });
      }
    }
    const one = labelledCloudSource({ points: [3, 3], count: 2, dim: 1 }, [0, 1]);
    const { label } = classPairing(one, one, { penalty: Infinity }).draw(createRng(1), 30);
    const starts = startLabels(one, 1, 30);
    const ones = (labels: Int32Array) => labels.reduce((sum, each) => sum + each, 0);
    expect(differing(label!, starts)).toBe(Math.abs(ones(label!) - ones(starts)));
  });

  it('may cross more than the counts demand up to twice the largest squared distance', () => {
    const batch = (label: number[]): LabelledSource => ({
      ...{ dim: 1, classes: 3, draw: () => Float64Array.of(0, 1) },
      drawLabelled: () => ({ points: Float64Array.of(0, 1), label: Int32Array.from(label) }),
    });
    // Where they are, both pairs cross at no distance; the other way one crosses, at 1 + 1.
    const crossings = (penalty: number) => {
      const { label } = classPairing(batch([0, 1]), batch([2, 0]), { penalty }).draw(createRng(0), 2);
      return differing(label!, Int32Array.of(0, 1));
    };
    expect([crossings(1.9), crossings(2.1)]).toEqual([2, 1]);
  });

  it('takes classes of any number: of very many those that occur', () => {
    const points = Array.from({ length: 6 }, (_, i) => i);
    const far = labelledCloudSource({ points, count: 6, dim: 1 }, [0, 2e9, 7, -1, 0, 2e9]);
    const near = labelledCloudSource({ points, count: 6, dim: 1 }, [0, 2, 1, -1, 0, 2]);
    const draw = (target: LabelledSource) =>
      classPairing(normalSource([0]), target, { penalty: 100 }).draw(createRng(3), 40);
    const [some, many] = [draw(near), draw(far)];
    expect([many.x0, many.x1]).toEqual([some.x0, some.x1]);
    expect(many.label).toEqual(some.label!.map((each) => [-1, 0, 7, 2e9][each + 1]));
  });

  it('gives each class a fair part of an unlabelled source at a large penalty, where plain transport splits it', () => {
    const [source, target] = [normalSource([0]), twoClasses(0)];
    const meanStartOf = (penalty: number, wanted: number) => {
      const { x0, label } = classPairing(source, target, { penalty }).draw(createRng(2), 1000);
      const mine = x0.filter((_, i) => label![i] === wanted);
      return mine.reduce((sum, x) => sum + x, 0) / mine.length;
    };
    // A class of 500 standard normal starts has a mean of 0 ± 1/√500 = 0.045; half of a normal law has ±√(2/π) = ±0.8.
    expect(Math.abs(meanStartOf(1000, 0))).toBeLessThan(0.18);
    expect(Math.abs(meanStartOf(1000, 1))).toBeLessThan(0.18);
    expect(Math.abs(meanStartOf(0, 0) + Math.sqrt(2 / Math.PI))).toBeLessThan(0.1);
  });

  it('minimises squared distance plus penalty: no other of a few pairings costs less, and more penalty crosses less', () => {
    const source = twoClasses(0);
    // The same line, its classes mixed everywhere.
    const points = Array.from({ length: 40 }, (_, i) => -3 + i / 7);
    const target = labelledCloudSource(
      { points, count: 40, dim: 1 },
      Int32Array.from(points, (_, i) => i % 2),
    );
    const cost = (penalty: number, paid: number) => {
      const { x0, x1, label } = classPairing(source, target, { penalty }).draw(createRng(9), 40);
      const crossings = differing(label!, startLabels(source, 9, 40));
      return { crossings, total: 40 * meanSquaredDistance(x0, x1, 1) + paid * crossings };
    };
    const penalties = [0, 1, 3, 10, 1000];
    for (const paid of penalties) {
      const best = cost(paid, paid).total;
      for (const other of penalties) expect(best).toBeLessThanOrEqual(cost(other, paid).total * (1 + 1e-12));
    }
    const crossings = penalties.map((penalty) => cost(penalty, 0).crossings);
    for (let k = 1; k < crossings.length; k++) expect(crossings[k]).toBeLessThanOrEqual(crossings[k - 1]);
    expect(crossings[0]).toBeGreaterThan(crossings.at(-1)!);
  });

  it('treats points without a class as a class of their own', () => {
    const target = labelledCloudSource({ points: [0, 0, 5], count: 3, dim: 1 }, [-1, 0, 0]);
    const { label } = classPairing(target, target, { penalty: 1000 }).draw(createRng(1), 30);
    const starts = startLabels(target, 1, 30);
    const without = (labels: Int32Array) => labels.filter((each) => each === -1).length;
    expect(differing(label!, starts)).toBe(Math.abs(without(label!) - without(starts)));
  });

  it('refuses a target without classes, another number of classes, and penalties below 0', () => {
    const [source, target] = [normalSource([0]), twoClasses(0)];
    const make = (from: unknown, to: unknown, options: unknown) => () =>
      classPairing(from as PointSource, to as LabelledSource, options as { penalty: number });
    expect(make(source, source, { penalty: 1 })).toThrow('"target.drawLabelled" expected a function');
    const three = labelledCloudSource({ points: [0], count: 1, dim: 1 }, [0], { classes: 3 });
    expect(make(three, target, { penalty: 1 })).toThrow('"target.classes" expected 3, as in "source", got 2');
    expect(make(source, target, { penalty: -1 })).toThrow('"penalty" expected a finite number >= 0, got -1');
    expect(make(source, target, { penalty: NaN })).toThrow(RangeError);
    expect(make(source, target, undefined)).toThrow('"penalty"');
    expect(make(source, target, { penalty: 1, epsilon: 1 })).toThrow('got "epsilon"');
    expect(make(normalSource([0, 0]), target, { penalty: 1 })).toThrow('"target.dim" expected 2');
    expect(() => classPairing(source, target, { penalty: 1 }).draw(createRng(0), 0)).toThrow('"count"');
    expect(() => classPairing(source, target, { penalty: 1 }).draw(0 as never, 1)).toThrow(TypeError);
  });
});
