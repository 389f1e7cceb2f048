import { cos, sin } from '@brenier/elementary';
import { checkFinite } from '@brenier/errors';
import { integer, type Rng } from '@brenier/random';
import type { AdaptationTask } from './adaptation-task.js';
import { addNoise } from './add-noise.js';
import { movedSampler } from './moved-sampler.js';
import { createCloud, type LabelledCloud } from './point-cloud.js';

/**
 * Two half circles as classes, and the same turned around the centre between them: the larger the angle, the harder the adaptation.
 * Courty et al., Optimal transport for domain adaptation (IEEE TPAMI 39, 2017), turn such moons by 10° to 90°.
 *
 * A point of the source is ±(cos t - ½, sin t - ¼) with t uniform in [0, π), plus normal noise of standard deviation 0.1 along each
 * axis; the label is 0 for + and 1 for -, each with probability ½. So the law is symmetric around the origin. Points are independent,
 * unlike those of `moons`.
 *
 * @param angle - by which the target is turned counter-clockwise, in radians
 * @returns source and target, two classes; drawing costs O(count)
 * @throws TypeError or RangeError where the angle is not a finite number
 *
 * @example
 * By half a turn the moons change places: the law is the same, with the labels exchanged.
 * ```ts
 * import { rotatedMoons } from '@brenier/datasets';
 * import { createRng } from '@brenier/random';
 *
 * const { source, target } = rotatedMoons(Math.PI);
 * const [x] = source(createRng(1), 1).points;
 * const [turned] = target(createRng(1), 1).points;
 * Math.abs(x + turned) < 1e-15; // => true
 * ```
 */
export function rotatedMoons(angle: number): AdaptationTask {
  checkFinite('angle', angle);
  return Object.freeze({ classes: 2, source: centredMoons, target: movedSampler(centredMoons, angle, [0, 0]) });
}

function centredMoons(rng: Rng, count: number): LabelledCloud {
  const cloud = createCloud(rng, count, 2);
  const { points } = cloud;
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const label = integer(rng, 0, 2);
    const angle = Math.PI * rng.uniform();
    labels[i] = label;
    points[2 * i] = (1 - 2 * label) * (cos(angle) - 0.5);
    points[2 * i + 1] = (1 - 2 * label) * (sin(angle) - 0.25);
  }
  addNoise(rng, points, 0.1);
  return { ...cloud, labels };
}
