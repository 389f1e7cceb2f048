import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { cloudSource, exactPairing, independentPairing, labelledCloudSource } from '../../src/index.js';
import { normalSource } from '../clouds.js';

const cloud = { points: [0, 0, 1, -1, 2, -2], count: 3, dim: 2 };

describe('labelledCloudSource', () => {
  it('draws the points of cloudSource, with or without their classes', () => {
    const labelled = labelledCloudSource(cloud, [5, -1, 2]);
    const points = cloudSource(cloud).draw(createRng(3), 40);
    expect(labelled.draw(createRng(3), 40)).toEqual(points);
    const drawn = labelled.drawLabelled(createRng(3), 40);
    expect(drawn.points).toEqual(points);
    expect(Array.from(drawn.label)).toEqual(Array.from({ length: 40 }, (_, i) => [5, -1, 2][points[2 * i]]));
  });

  it('has one more class than the largest label, or as many as it is told', () => {
    expect(labelledCloudSource(cloud, [5, -1, 2]).classes).toBe(6);
    expect(labelledCloudSource(cloud, [-1, -1, -1]).classes).toBe(1);
    expect(labelledCloudSource(cloud, Uint8Array.of(0, 1, 2), { classes: 10 }).classes).toBe(10);
  });

  it('copies its points and labels', () => {
    const label = Int32Array.of(0, 0, 0);
    const source = labelledCloudSource(cloud, label);
    label.fill(7);
    expect(source.drawLabelled(createRng(0), 2).label).toEqual(Int32Array.of(0, 0));
  });

  it('hands its classes to the pairings, which keep them with their ends', () => {
    const target = labelledCloudSource({ points: [1, 2, 3, 4], count: 4, dim: 1 }, [1, 2, 3, 4]);
    for (const pairing of [independentPairing(normalSource([0]), target), exactPairing(normalSource([0]), target)]) {
      const { x1, label } = pairing.draw(createRng(1), 20);
      expect(Array.from(label!)).toEqual(Array.from(x1));
    }
    expect(independentPairing(target, normalSource([0])).draw(createRng(1), 20)).not.toHaveProperty('label');
  });

  it('refuses labels that are no classes, too few, or above the number of classes', () => {
    expect(() => labelledCloudSource(cloud, [0, 1])).toThrow('"label" expected length 3, got 2');
    expect(() => labelledCloudSource(cloud, [0, 1, -2])).toThrow('"label[2]" expected a whole number in [-1,');
    expect(() => labelledCloudSource(cloud, [0, 1, 0.5])).toThrow('"label[2]"');
    expect(() => labelledCloudSource(cloud, [0, 1, NaN])).toThrow(RangeError);
    expect(() => labelledCloudSource(cloud, 'abc' as never)).toThrow(TypeError);
    expect(() => labelledCloudSource(cloud, [0, 1, 2], { classes: 2 })).toThrow(
      '"classes" expected a whole number >= 3',
    );
    expect(() => labelledCloudSource(cloud, [0, 1, 2], { count: 2 } as never)).toThrow('got "count"');
    expect(() => labelledCloudSource({ ...cloud, points: [NaN, 0, 0, 0, 0, 0] }, [0, 1, 2])).toThrow(RangeError);
    expect(() => labelledCloudSource(cloud, [0, 1, 2]).drawLabelled(createRng(0), 0)).toThrow('"count"');
    expect(() => labelledCloudSource(cloud, [0, 1, 2]).drawLabelled(1 as never, 1)).toThrow(TypeError);
  });

  it('is not trusted by pairings, as anybody may write one', () => {
    const source = normalSource([0]);
    const giving = (drawn: unknown) => () => {
      const target = { dim: 1, classes: 2, draw: source.draw, drawLabelled: () => drawn as never };
      return independentPairing(source, target).draw(createRng(0), 2);
    };
    const points = Float64Array.of(0, 1);
    expect(giving({ points, label: [0, 1] })).toThrow('"target.drawLabelled(…).label" expected an Int32Array');
    expect(giving({ points, label: Int32Array.of(0) })).toThrow('expected length 2, got 1');
    expect(giving({ points, label: Int32Array.of(0, 2) })).toThrow('expected a whole number in [-1, 1], got 2');
    expect(giving({ points: Float64Array.of(0, NaN), label: Int32Array.of(0, 1) })).toThrow('expected a finite number');
    expect(giving(undefined)).toThrow('"target.drawLabelled(…).points" expected a typed array');
    expect(() => independentPairing(source, { ...labelledCloudSource(cloud, [0, 0, 0]), classes: 0 } as never)).toThrow(
      '"target.classes"',
    );
  });
});
