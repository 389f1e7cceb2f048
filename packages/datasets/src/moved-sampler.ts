import { cos, sin } from '@brenier/elementary';
import type { LabelledSampler } from './point-cloud.js';

/** Draws from a law of the plane that is turned counter-clockwise around the origin, then shifted. */
export function movedSampler(
  sampler: LabelledSampler,
  angle: number,
  shift: readonly [number, number],
): LabelledSampler {
  const [c, s] = [cos(angle), sin(angle)];
  return (rng, count) => {
    const cloud = sampler(rng, count);
    const { points } = cloud;
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = [points[i], points[i + 1]];
      points[i] = c * x - s * y + shift[0];
      points[i + 1] = s * x + c * y + shift[1];
    }
    return cloud;
  };
}
