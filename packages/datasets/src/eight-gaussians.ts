import { checkNonNegative, checkOptions } from '@brenier/errors';
import { integer, normal, permutation, type Rng } from '@brenier/random';
import { createCloud, type PointCloud } from './point-cloud.js';

const HALF_ROOT = Math.SQRT1_2;
/** Unit vectors at multiples of 45°, shape [8, 2]. */
export const EIGHT_DIRECTIONS: readonly number[] = [
  1,
  0,
  HALF_ROOT,
  HALF_ROOT,
  0,
  1,
  -HALF_ROOT,
  HALF_ROOT,
  -1,
  0,
  -HALF_ROOT,
  -HALF_ROOT,
  0,
  -1,
  HALF_ROOT,
  -HALF_ROOT,
];
/** 0.1^¼: the tutorials pass the root of their "variance" 0.1 where a covariance is expected. */
const TUTORIAL_SD = 0.5623413251903491;

/** Options of {@link eightGaussians} and {@link eightGaussiansMixture}. */
export interface EightGaussiansOptions {
  /** The distance of the modes from the origin, at least 0; default 5. */
  readonly radius?: number;
  /** The standard deviation of a mode along each axis, at least 0; default 1. */
  readonly sd?: number;
}

/**
 * Eight normal modes on a circle with equal counts, as in the 2-D experiments of the bridge-matching papers.
 *
 * The modes sit at multiples of 45°. Equal counts make two samples closer to each other than independent draws would
 * be: {@link eightGaussiansMixture} draws each point's mode at random.
 *
 * @param rng - where the noise and the order come from
 * @param count - how many points, at least 1; if 8 does not divide it, randomly chosen modes get one point more than
 * the others
 * @param options - radius and standard deviation
 * @returns the cloud, `dim` 2, in random order; O(count)
 * @throws TypeError or RangeError for a count that is not a whole number >= 1, negative options, an unknown option
 *
 * @example
 * Without spread the points are the modes.
 * ```ts
 * import { eightGaussians } from '@brenier/datasets';
 * import { createRng } from '@brenier/random';
 *
 * const { points } = eightGaussians(createRng(1), 16, { sd: 0 });
 * points.filter((x) => x === 5).length; // => 4
 * ```
 */
export function eightGaussians(rng: Rng, count: number, options?: EightGaussiansOptions): PointCloud {
  const shape = checkShape(options);
  const cloud = createCloud(rng, count, 2);
  const order = permutation(rng, count);
  const modes = permutation(rng, 8);
  for (let i = 0; i < count; i++) placePoint(rng, cloud, i, modes[order[i] % 8], shape);
  return cloud;
}

/**
 * Independent draws from the mixture of eight normal modes on a circle: the mode counts are random.
 *
 * @param rng - where the modes and the noise come from
 * @param count - how many independent points, at least 1
 * @param options - radius and standard deviation
 * @returns the cloud, `dim` 2; O(count)
 * @throws TypeError or RangeError for a count that is not a whole number >= 1, negative options, an unknown option
 *
 * @example
 * The target of the moons to eight Gaussians experiment.
 * ```ts
 * import { eightGaussiansMixture } from '@brenier/datasets';
 * import { createRng } from '@brenier/random';
 *
 * eightGaussiansMixture(createRng(1), 100, { radius: 12, sd: 1.5 }).dim; // => 2
 * ```
 */
export function eightGaussiansMixture(rng: Rng, count: number, options?: EightGaussiansOptions): PointCloud {
  const shape = checkShape(options);
  const cloud = createCloud(rng, count, 2);
  for (let i = 0; i < count; i++) placePoint(rng, cloud, i, integer(rng, 0, 8), shape);
  return cloud;
}

/**
 * The eight Gaussians of the conditional-flow-matching tutorials: radius 5, standard deviation 0.1^¼ ≈ 0.562, modes
 * at random. Not the variant of the tables.
 *
 * @param rng - where the modes and the noise come from
 * @param count - how many independent points, at least 1
 * @returns the cloud, `dim` 2; O(count)
 * @throws TypeError or RangeError for a count that is not a whole number >= 1
 *
 * @example
 * The source of the tutorials, whose target is the tutorials' moons.
 * ```ts
 * import { eightGaussiansTutorial } from '@brenier/datasets';
 * import { createRng } from '@brenier/random';
 *
 * eightGaussiansTutorial(createRng(1), 256).points.length; // => 512
 * ```
 */
export function eightGaussiansTutorial(rng: Rng, count: number): PointCloud {
  return eightGaussiansMixture(rng, count, { radius: 5, sd: TUTORIAL_SD });
}

type Shape = Required<EightGaussiansOptions>;

function checkShape(options: EightGaussiansOptions | undefined): Shape {
  const { radius = 5, sd = 1 } = checkOptions('options', options, ['radius', 'sd']);
  return { radius: checkNonNegative('radius', radius), sd: checkNonNegative('sd', sd) };
}

function placePoint(rng: Rng, cloud: PointCloud, i: number, mode: number, shape: Shape): void {
  cloud.points[2 * i] = shape.radius * EIGHT_DIRECTIONS[2 * mode] + shape.sd * normal(rng);
  cloud.points[2 * i + 1] = shape.radius * EIGHT_DIRECTIONS[2 * mode + 1] + shape.sd * normal(rng);
}
