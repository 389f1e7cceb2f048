// The all-pairs sweep of the certificate for squared distances in the plane, by a kernel that no solver uses. In a
// process that has just begun, it is the difference between compiled code and code that the engine interprets.
import { type Kernels, withKernels } from '@brenier/kernels';
import type { PointCloudGeometry } from '../geometry/geometry.js';
import type { PairExtremes } from './pair-extremes.js';

/** The numbers of the plain loop, bit for bit: every sum is that of `costAt`, and a maximum has no order. */
export function sweepPlane({ x, y }: PointCloudGeometry, f: Float64Array, g: Float64Array): PairExtremes {
  return withKernels(({ arena, exports }) => {
    const [xAt, fAt, yAt, gAt] = [x.points, f, y.points, g].map((values) => copyIn(arena, values));
    const out = arena.allocate(2 * 8);
    exports.pairExtremes(xAt, x.count, fAt, yAt, y.count, gAt, out);
    const [worstViolation, largestCost] = arena.float64(out, 2);
    return { worstViolation, largestCost };
  });
}

function copyIn(arena: Kernels['arena'], values: Float64Array): number {
  const offset = arena.allocate(values.byteLength);
  arena.float64(offset, values.length).set(values);
  return offset;
}
