import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../src/solver/network-simplex/fingerprint.js';

describe('fingerprint', () => {
  it('is another one after any change of a single byte, and of a length', () => {
    const bytes = Uint8Array.from({ length: 67 }, (_, at) => at * 37);
    const seen = new Set([fingerprint([bytes]), fingerprint([bytes.subarray(1)]), fingerprint([bytes, bytes])]);
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at] ^= 1 << (at % 8);
      seen.add(fingerprint([changed]));
    }
    expect(seen.size).toBe(3 + bytes.length);
    expect(fingerprint([new Float64Array(2)])).not.toBe(fingerprint([new Float64Array(3)]));
    expect([...seen].every((each) => /^[0-9a-f]{16}$/.test(each))).toBe(true);
  });

  it('reads bytes, not kinds of arrays, at any offset', () => {
    const values = Float64Array.of(1, Math.PI, -7);
    const shifted = new Uint8Array(25);
    shifted.set(new Uint8Array(values.buffer), 1);
    expect(fingerprint([shifted.subarray(1)])).toBe(fingerprint([values]));
  });

  it('is fixed for good, since snapshots outlive a version', () => {
    // Computed once by this code: a change here needs a new version of the snapshots.
    expect(fingerprint([Float64Array.of(0, 1, 0.5)])).toBe('b69111eb46ef6e8d');
  });
});
