import type { PointCloud } from '../src/index.js';

/** The sample mean and covariance of a planar cloud: [mean x, mean y, var x, cov xy, var y]. */
export function planarMoments({ points, count }: PointCloud): number[] {
  let [x, y, xx, xy, yy] = [0, 0, 0, 0, 0];
  for (let i = 0; i < points.length; i += 2) {
    x += points[i] / count;
    y += points[i + 1] / count;
    xx += points[i] ** 2 / count;
    xy += (points[i] * points[i + 1]) / count;
    yy += points[i + 1] ** 2 / count;
  }
  return [x, y, xx - x * x, xy - x * y, yy - y * y];
}

/** How many points are nearest to each of the eight directions at multiples of 45°. */
export function modeCounts({ points }: PointCloud): number[] {
  const counts = new Array<number>(8).fill(0);
  for (let i = 0; i < points.length; i += 2) {
    const eighth = Math.round(Math.atan2(points[i + 1], points[i]) / (Math.PI / 4));
    counts[(eighth + 8) % 8]++;
  }
  return counts;
}

/** The coordinates as sixteen hexadecimal digits each. */
export function toHex(values: Iterable<number>): string[] {
  const view = new DataView(new ArrayBuffer(8));
  return Array.from(values, (value) => {
    view.setFloat64(0, value);
    return view.getBigUint64(0).toString(16).padStart(16, '0');
  });
}
