// The two interleaved half circles behind every "moons" data set: the upper one around (0, 0), the lower one around
// (1, ½).
import { cos, sin } from '@brenier/elementary';
import { permutation, type Rng } from '@brenier/random';

/**
 * Writes floor(count / 2) evenly spaced points of the upper half circle and the rest of the lower one, in random order. A
 * single point of an arc lies at its angle 0; so the law of a point depends on the count, and is uniform on the arcs in the
 * limit of many.
 *
 * @param rng - gives the order
 * @param points - shape [count, 2]
 * @param count - the number of points
 */
export function fillHalfCircles(rng: Rng, points: Float64Array, count: number): void {
  const order = permutation(rng, count);
  const upper = Math.floor(count / 2);
  for (let i = 0; i < count; i++) {
    const isUpper = order[i] < upper;
    const angle = isUpper ? evenAngle(order[i], upper) : evenAngle(order[i] - upper, count - upper);
    points[2 * i] = isUpper ? cos(angle) : 1 - cos(angle);
    points[2 * i + 1] = isUpper ? sin(angle) : 0.5 - sin(angle);
  }
}

/** Angle i of n, evenly spaced over [0, π] with both ends; 0 for a single one. */
function evenAngle(i: number, n: number): number {
  return n > 1 ? (Math.PI * i) / (n - 1) : 0;
}
