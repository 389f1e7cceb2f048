import { cos, exp, sin } from '@brenier/elementary';
import { checkInteger, checkOptions, checkWithin } from '@brenier/errors';
import { integer, normal, type Rng } from '@brenier/random';
import { createCloud, type PointCloud } from './point-cloud.js';

/** Options of {@link pinwheel}. */
export interface PinwheelOptions {
  /** How many arms, at least 1; default 5. */
  readonly arms?: number;
  /** Standard deviation along an arm, in [0, 10], before the scaling by 2; default 0.3. */
  readonly radialSd?: number;
  /** Standard deviation across an arm, in [0, 10], before the scaling by 2; default 0.1. */
  readonly tangentialSd?: number;
  /** How far an arm winds: the angle grows by `twist · e^r`, in [-1000, 1000]; 0 for straight arms; default 0.25. */
  readonly twist?: number;
}

/**
 * A pinwheel: normal arms around the origin, wound the farther out the more.
 *
 * A point of arm k begins as (r, s), r ~ N(1, radialSd²) and s ~ N(0, tangentialSd²), is turned clockwise by
 * 2πk / arms + twist · e^r and doubled. The defaults are those of the 2-D experiments of FFJORD.
 *
 * @param rng - where the arms and the places on them come from
 * @param count - how many independent points, at least 1
 * @param options - arms, spreads and twist
 * @returns the cloud, `dim` 2; O(count)
 * @throws TypeError or RangeError for a count or number of arms that is not a whole number >= 1, a spread or
 * twist out of range, an unknown option
 *
 * @example
 * Without spread what is left are the centres of the arms, at distance 2.
 * ```ts
 * import { pinwheel } from '@brenier/datasets';
 * import { createRng } from '@brenier/random';
 *
 * const { points } = pinwheel(createRng(1), 1, { radialSd: 0, tangentialSd: 0 });
 * Math.abs(Math.hypot(points[0], points[1]) - 2) < 1e-12; // => true
 * ```
 */
export function pinwheel(rng: Rng, count: number, options?: PinwheelOptions): PointCloud {
  const { arms, radialSd, tangentialSd, twist } = checkShape(options);
  const cloud = createCloud(rng, count, 2);
  const { points } = cloud;
  for (let i = 0; i < points.length; i += 2) {
    const arm = integer(rng, 0, arms);
    const r = 1 + radialSd * normal(rng);
    const s = tangentialSd * normal(rng);
    const angle = (2 * Math.PI * arm) / arms + twist * exp(r);
    const [c, d] = [cos(angle), sin(angle)];
    points[i] = 2 * (r * c + s * d);
    points[i + 1] = 2 * (s * c - r * d);
  }
  return cloud;
}

function checkShape(options: PinwheelOptions | undefined): Required<PinwheelOptions> {
  const given = checkOptions('options', options, ['arms', 'radialSd', 'tangentialSd', 'twist']);
  const { arms = 5, radialSd = 0.3, tangentialSd = 0.1, twist = 0.25 } = given;
  checkInteger('arms', arms, 1, 2147483647);
  checkWithin('radialSd', radialSd, 0, 10);
  checkWithin('tangentialSd', tangentialSd, 0, 10);
  checkWithin('twist', twist, -1000, 1000);
  return { arms, radialSd, tangentialSd, twist };
}
