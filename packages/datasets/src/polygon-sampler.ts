import { categorical, createAliasTable } from '@brenier/random';
import { createCloud, type PointSampler } from './point-cloud.js';
import { edgesOf, type Ring } from './rings.js';
import { areaOf, trapezoidsOf } from './trapezoids.js';

/**
 * Draws uniform points of the inside of a polygon, holes and all.
 *
 * A point is inside where a line from it to infinity meets the rings an odd number of times. So a ring within a ring is a hole and one
 * within a hole is an island, whatever their order and direction; rings may lie apart, and may cross themselves and each other.
 *
 * @param rings - the outlines, vertices [x, y] within ±1e100; read at once
 * @returns a sampler of independent points in the coordinates of the rings, `dim` 2; for e edges of which at most m meet a level of y,
 * O(e² + e · m log m) time and O(e · m) memory to prepare, O(1) a point
 * @throws TypeError or RangeError where the rings are none, a ring has fewer than three vertices, a vertex is not two finite numbers,
 * or nothing is inside
 *
 * @example
 * A square with a square hole.
 * ```ts
 * import { polygonSampler } from '@brenier/datasets';
 * import { createRng } from '@brenier/random';
 *
 * const square = (half: number) => [[-half, -half], [half, -half], [half, half], [-half, half]];
 * const sample = polygonSampler([square(2), square(1)]);
 * const [x, y] = sample(createRng(1), 1).points;
 * const distance = Math.max(Math.abs(x), Math.abs(y));
 * distance >= 1 && distance <= 2; // => true
 * ```
 */
export function polygonSampler(rings: readonly Ring[]): PointSampler {
  const pieces = trapezoidsOf(edgesOf(rings));
  const areas = pieces.map(areaOf);
  if (!areas.some((area) => area > 0)) throw new RangeError('"rings" expected an inside of area > 0, got none');
  const table = createAliasTable(areas);
  return (rng, count) => {
    const cloud = createCloud(rng, count, 2);
    for (let i = 0; i < count; i++) {
      const { low, high, left, right } = pieces[categorical(rng, table)];
      const s = heightWithin(right[0] - left[0], right[1] - left[1], rng.uniform());
      const start = left[0] + s * (left[1] - left[0]);
      const end = right[0] + s * (right[1] - right[0]);
      cloud.points[2 * i] = start + rng.uniform() * (end - start);
      cloud.points[2 * i + 1] = low + s * (high - low);
    }
    return cloud;
  };
}

/** The height s in [0, 1] below which lies the part 1 - u of a trapezoid of these widths at s = 0 and at s = 1. */
function heightWithin(bottom: number, top: number, u: number): number {
  const a = bottom / (bottom + top);
  // The root of a s + (1 - 2a) s² / 2 = (1 - u) / 2, in the form that does not cancel.
  return (1 - u) / (a + Math.sqrt(a * a + (1 - u) * (1 - 2 * a)));
}
