import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { adaptationTasks, rotatedMoons, type LabelledCloud, type PointCloud } from '../src/index.js';
import { planarMoments } from './clouds.js';

/** The points of one class. */
function classOf({ points, labels }: LabelledCloud, label: number): PointCloud {
  const chosen = points.filter((_, i) => labels[i >> 1] === label);
  return { points: chosen, count: chosen.length / 2, dim: 2 };
}

describe.each(Object.entries(adaptationTasks))('adaptationTasks.%s', (_, { classes, source, target }) => {
  it('draws every class equally often, in no order', () => {
    for (const sampler of [source, target]) {
      const count = 30_000;
      const { labels } = sampler(createRng(1), count);
      expect(labels).toBeInstanceOf(Int32Array);
      const counts = new Array<number>(classes).fill(0);
      for (const label of labels) counts[label]++;
      expect(counts.reduce((sum, each) => sum + each, 0)).toBe(count);
      // Binomial with standard deviation below √(n/4); five of them.
      for (const each of counts) expect(Math.abs(each - count / classes)).toBeLessThan(5 * Math.sqrt(count / 4));
      // Neighbours agree with probability 1/classes.
      const equal = labels.reduce((sum, each, i) => sum + (i > 0 && each === labels[i - 1] ? 1 : 0), 0);
      expect(Math.abs(equal - count / classes)).toBeLessThan(5 * Math.sqrt(count / 4));
    }
  });
});

describe('the normal classes', () => {
  const { threeGaussians, movedGaussians } = adaptationTasks;
  const [c, s] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
  const means = [[-1, -1], [-1, 1], [1, 0]]; // prettier-ignore
  const moved = means.map(([x, y]) => [c * x - s * y + 4, s * x + c * y + 2]);
  // Origin of the first two: 3gauss and 3gauss2 of ot.datasets.make_data_classif, POT 0.9.7, at nz = 0.5.
  it.each([
    ['threeGaussians.source', threeGaussians.source, means, [0.75, 0.75, 1]],
    [
      'threeGaussians.target',
      threeGaussians.target,
      [
        [-2, -2],
        [-2, 2],
        [2, 0],
      ],
      [0.5, 0.5, 1],
    ],
    ['movedGaussians.source', movedGaussians.source, means, [0.75, 0.75, 1]],
    ['movedGaussians.target', movedGaussians.target, moved, [0.75, 0.75, 1]],
  ] as const)('of %s have their means and standard deviations', (_, sampler, expected, sds) => {
    // prettier-ignore
    const cloud = sampler(createRng(2), 60_000);
    sds.forEach((sd, label) => {
      const part = classOf(cloud, label);
      const [x, y, xx, xy, yy] = planarMoments(part);
      // Five standard errors: sd/√n of a mean, sd²/√n of a covariance, √2 sd²/√n of a variance.
      const error = 5 / Math.sqrt(part.count);
      expect(Math.abs(x - expected[label][0])).toBeLessThan(error * sd);
      expect(Math.abs(y - expected[label][1])).toBeLessThan(error * sd);
      expect(Math.abs(xy)).toBeLessThan(error * sd * sd);
      for (const variance of [xx, yy]) expect(Math.abs(variance - sd * sd)).toBeLessThan(error * Math.SQRT2 * sd * sd);
    });
  });
});

describe('rotatedMoons', () => {
  it('has a class on each half circle, around the centre between them', () => {
    const { points, labels } = rotatedMoons(0).source(createRng(3), 20_000);
    let squares = 0;
    for (let i = 0; i < labels.length; i++) {
      const sign = 1 - 2 * labels[i];
      const radius = Math.hypot(sign * points[2 * i] + 0.5, sign * points[2 * i + 1] + 0.25);
      squares += (radius - 1) ** 2 / labels.length;
    }
    // The distance from the circle is the radial noise, but for its curvature: E = 0.1² (1 + O(0.1²)) and standard error √2 0.1²/√n.
    expect(Math.abs(Math.sqrt(squares) - 0.1)).toBeLessThan(0.1 * (0.01 + 5 / Math.sqrt(2 * labels.length)));
  });

  it('turns the source counter-clockwise, and keeps the labels', () => {
    const { source, target } = rotatedMoons(Math.PI / 2);
    const [before, after] = [source(createRng(4), 50), target(createRng(4), 50)];
    expect(after.labels).toEqual(before.labels);
    for (let i = 0; i < 100; i += 2) {
      expect(after.points[i]).toBeCloseTo(-before.points[i + 1], 14);
      expect(after.points[i + 1]).toBeCloseTo(before.points[i], 14);
    }
  });

  it('has its mean at the origin', () => {
    const count = 100_000;
    const [x, y, xx, , yy] = planarMoments(adaptationTasks.rotatedMoons.target(createRng(5), count));
    expect(Math.abs(x)).toBeLessThan(5 * Math.sqrt(xx / count));
    expect(Math.abs(y)).toBeLessThan(5 * Math.sqrt(yy / count));
  });

  it('refuses an angle that is no finite number', () => {
    expect(() => rotatedMoons(NaN)).toThrow('"angle" expected a finite number, got NaN');
    expect(() => rotatedMoons('40°' as never)).toThrow(TypeError);
  });
});

it('adaptationTasks cannot be changed by one user for another', () => {
  expect([adaptationTasks, ...Object.values(adaptationTasks)].every(Object.isFrozen)).toBe(true);
});
