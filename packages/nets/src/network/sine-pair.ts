// Sine and cosine of one angle for a float32 feature: one reduction for both, and series that stop where float32 does.
import { cos, sin } from '@brenier/elementary';

const HALF_PI = 1.5707963267948966;
const INVERSE_HALF_PI = 0.6366197723675814;

/** Up to here the rounding of n π/2 stays below 1e-10. */
const LARGEST_ORDINARY = 1e6;

/**
 * Writes the sine and the cosine of an angle in radians to `out[offset]` and `out[offset + stride]`, with an error below
 * 2e-9 before they are rounded to float32; in less than half of the time of two functions that are good to the last bit.
 */
export function writeSinePair(angle: number, out: Float32Array, offset: number, stride: number): void {
  if (!(angle <= LARGEST_ORDINARY && angle >= -LARGEST_ORDINARY)) {
    out[offset] = sin(angle);
    out[offset + stride] = cos(angle);
    return;
  }
  const n = Math.floor(angle * INVERSE_HALF_PI + 0.5);
  const r = angle - n * HALF_PI;
  const z = r * r;
  // The series of Taylor; |r| <= π/4, so the next terms are below 1.8e-9 and 1.2e-10.
  const sine = r * (1 - z * (1 / 6 - z * (1 / 120 - z * (1 / 5040 - z * (1 / 362880)))));
  const cosine = 1 - z * (1 / 2 - z * (1 / 24 - z * (1 / 720 - z * (1 / 40320 - z * (1 / 3628800)))));
  const isTurned = (n & 1) === 1;
  const first = isTurned ? cosine : sine;
  const second = isTurned ? sine : cosine;
  out[offset] = (n & 2) === 0 ? first : -first;
  out[offset + stride] = ((n + 1) & 2) === 0 ? second : -second;
}
