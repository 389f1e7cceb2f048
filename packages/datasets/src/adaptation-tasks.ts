// Pairs of labelled laws with a shift between them: what is learnt on the source is to hold on the target.
import { integer, normal } from '@brenier/random';
import type { AdaptationTask } from './adaptation-task.js';
import { movedSampler } from './moved-sampler.js';
import { createCloud, type LabelledSampler } from './point-cloud.js';
import { rotatedMoons } from './rotated-moons.js';

/** The names of the three pairs. */
export type AdaptationTaskName = 'threeGaussians' | 'movedGaussians' | 'rotatedMoons';

/**
 * Three pairs of labelled laws in the plane, for domain adaptation. Their points, classes included, are independent.
 *
 * `threeGaussians`: three normal classes, each of which moves and shrinks by itself; the laws `3gauss` and `3gauss2` of POT 0.9.7 at noise
 * 0.5. The source has the means (-1, -1), (-1, 1), (1, 0) and the standard deviations 0.75, 0.75, 1 along each axis, the target the
 * means (-2, -2), (-2, 2), (2, 0) and 0.5, 0.5, 1. (POT deals out equal counts, class by class; here the class is drawn.)
 *
 * `movedGaussians`: the same source, and that law turned counter-clockwise by π/6 around the origin, then shifted by (4, 2).
 *
 * `rotatedMoons`: {@link rotatedMoons} at the angle 2π/9, 40°.
 *
 * @example
 * Points to learn from, and points to classify.
 * ```ts
 * import { adaptationTasks } from '@brenier/datasets';
 * import { createRng } from '@brenier/random';
 *
 * const { source, target, classes } = adaptationTasks.threeGaussians;
 * const rng = createRng(1);
 * const known = source(rng.fork('source'), 300);
 * [known.points.length, known.labels.length, classes]; // => [600, 300, 3]
 * target(rng.fork('target'), 200).count; // => 200
 * ```
 */
export const adaptationTasks: Readonly<Record<AdaptationTaskName, AdaptationTask>> = /* @__PURE__ */ defineTasks();

function defineTasks(): Record<AdaptationTaskName, AdaptationTask> {
  const source = normalClasses([-1, -1, -1, 1, 1, 0], [0.75, 0.75, 1]);
  const target = normalClasses([-2, -2, -2, 2, 2, 0], [0.5, 0.5, 1]);
  return Object.freeze({
    threeGaussians: Object.freeze({ classes: 3, source, target }),
    movedGaussians: Object.freeze({ classes: 3, source, target: movedSampler(source, Math.PI / 6, [4, 2]) }),
    rotatedMoons: rotatedMoons((2 * Math.PI) / 9),
  });
}

/** Classes of equal mass; class k is N((means[2k], means[2k + 1]), sds[k]² I). */
function normalClasses(means: readonly number[], sds: readonly number[]): LabelledSampler {
  return (rng, count) => {
    const cloud = createCloud(rng, count, 2);
    const labels = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const label = integer(rng, 0, sds.length);
      labels[i] = label;
      cloud.points[2 * i] = means[2 * label] + sds[label] * normal(rng);
      cloud.points[2 * i + 1] = means[2 * label + 1] + sds[label] * normal(rng);
    }
    return { ...cloud, labels };
  };
}
