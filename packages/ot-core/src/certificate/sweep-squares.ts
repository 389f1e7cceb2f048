// The all-pairs sweep of the certificate for squared distances, by a kernel that no solver uses.
import { type Kernels, withKernels } from '@brenier/kernels';
import type { PointCloudGeometry } from '../geometry/geometry.js';
import type { PairExtremes } from './pair-extremes.js';

/** Numbers of two clouds that are worth copying into the memory of a kernel. */
const MOST_NUMBERS = 2 ** 26;

/** Whether {@link sweepSquares} can do it. */
export function isForKernel({ cost, x, y }: PointCloudGeometry): boolean {
  return cost === 'squared-euclidean' && x.points.length + y.points.length <= MOST_NUMBERS;
}

/**
 * The numbers of the plain loop, bit for bit: products in float32 only leave out pairs that cannot matter, by a bound of
 * their error. Then a pair costs dim / 16 ns instead of dim ns.
 */
export function sweepSquares({ x, y }: PointCloudGeometry, f: Float64Array, g: Float64Array): PairExtremes {
  return withKernels(({ arena, exports }) => {
    const [xAt, fAt, yAt, gAt] = [x.points, f, y.points, g].map((values) => copyIn(arena, values));
    const out = arena.allocate(2 * 8);
    const scratch = arena.allocate(exports.pairExtremesScratch(x.count, y.count, x.dim));
    exports.pairExtremes(xAt, x.count, fAt, yAt, y.count, gAt, x.dim, out, scratch);
    const [worstViolation, largestCost] = arena.float64(out, 2);
    return { worstViolation, largestCost };
  });
}

function copyIn(arena: Kernels['arena'], values: Float64Array): number {
  const offset = arena.allocate(values.byteLength);
  arena.float64(offset, values.length).set(values);
  return offset;
}
