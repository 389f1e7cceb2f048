import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cos, sin } from '@brenier/elementary';
import { writeSinePair } from '../../src/network/sine-pair.js';

function pairAt(angle: number): Float32Array {
  const out = new Float32Array(2);
  writeSinePair(angle, out, 0, 1);
  return out;
}

describe('sine and cosine as float32 features', () => {
  it('are good to float32 in every quadrant and at every size', () => {
    const angles = fc.oneof(
      fc.double({ min: -1000, max: 1000, noNaN: true }),
      fc.double({ min: -2e6, max: 2e6, noNaN: true }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -2000, max: 2000 }).map((n) => (n * Math.PI) / 4),
    );
    fc.assert(
      fc.property(angles, (angle) => {
        const [sine, cosine] = pairAt(angle);
        // Half a unit in the last place of float32 near 1, and 2e-9 of the series.
        expect(Math.abs(sine - sin(angle))).toBeLessThan(3.2e-8);
        expect(Math.abs(cosine - cos(angle))).toBeLessThan(3.2e-8);
      }),
      { numRuns: 2000 },
    );
  });

  it('are the limits where an angle is 0 or no number', () => {
    expect(pairAt(0)).toEqual(Float32Array.of(0, 1));
    for (const angle of [NaN, Infinity, -Infinity]) expect(pairAt(angle)).toEqual(Float32Array.of(NaN, NaN));
  });
});
