import { createRng } from '@brenier/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePairs, encodePairs, storedPairing, type StoredPairs } from '../../src/index.js';

const plane: StoredPairs = {
  dim: 2,
  x0: [0, 0, 1, 1, 2, 2],
  x1: [10, 10, 11, 11, 12, 12],
  label: Int32Array.of(0, -1, 2),
};

describe('storedPairing', () => {
  it('draws all pairs equally often, and keeps start, end and class together', () => {
    const { x0, x1, label } = storedPairing(plane).draw(createRng(1), 3000);
    const seen = [0, 0, 0];
    for (let i = 0; i < 3000; i++) {
      const row = x0[2 * i];
      seen[row]++;
      expect([x0[2 * i + 1], x1[2 * i], x1[2 * i + 1]]).toEqual([row, row + 10, row + 10]);
      expect(label![i]).toBe(plane.label![row]);
    }
    // Pearson's statistic with 2 degrees of freedom exceeds 13.8 with probability 0.001.
    expect(seen.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0)).toBeLessThan(13.8);
  });

  it('copies what it is given, and has no classes where none are given', () => {
    const x0 = Float64Array.of(1);
    const pairing = storedPairing({ dim: 1, x0, x1: [2] });
    x0.fill(9);
    expect(pairing.draw(createRng(0), 2)).toEqual({ x0: Float64Array.of(1, 1), x1: Float64Array.of(2, 2) });
  });

  it('takes float32 and plain arrays', () => {
    const pairing = storedPairing({ dim: 1, x0: Float32Array.of(0.5), x1: [1] });
    expect(pairing.draw(createRng(0), 1).x0).toEqual(Float64Array.of(0.5));
  });

  const refused: [string, object, string][] = [
    ['no pairs', { x0: [], x1: [] }, '"pairs.x0" expected whole points of dimension 2, at least one, got length 0'],
    ['half a point', { x0: [1, 2, 3] }, '"pairs.x0" expected whole points of dimension 2, at least one, got length 3'],
    ['more starts than ends', { x1: [1, 2] }, '"pairs.x1" expected length 6, got 2'],
    ['ends that are not finite', { x1: [1, 2, 3, 4, 5, NaN] }, '"pairs.x1[5]" expected a finite number, got NaN'],
    ['no dimension', { dim: 0 }, '"pairs.dim"'],
    ['too few classes', { label: Int32Array.of(1) }, '"pairs.label" expected length 3, got 1'],
    ['classes of another kind', { label: [0, 0, 0] }, '"pairs.label" expected an Int32Array'],
    ['classes below -1', { label: Int32Array.of(0, -2, 0) }, '"pairs.label[1]" expected a whole number >= -1, got -2'],
  ];
  for (const [what, change, message] of refused) {
    it(`refuses ${what}`, () => {
      expect(() => storedPairing({ ...plane, ...change })).toThrow(message);
      expect(() => encodePairs({ ...plane, ...change })).toThrow(message);
    });
  }

  it('refuses what is no set of pairs, no generator and no count', () => {
    expect(() => storedPairing(undefined as never)).toThrow('"pairs" expected an object with "dim", "x0" and "x1"');
    expect(() => storedPairing(plane).draw(1 as never, 1)).toThrow(TypeError);
    expect(() => storedPairing(plane).draw(createRng(0), 0)).toThrow('"count"');
  });
});

describe('encodePairs and decodePairs', () => {
  const coordinate = fc.double({ noNaN: true, noDefaultInfinity: true });

  it('give every pair back, bit for bit', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 1 }), fc.boolean(), (rows, isLabelled) => {
        const pairs: StoredPairs = {
          dim: 1,
          x0: Float64Array.from(rows, ([start]) => start),
          x1: Float64Array.from(rows, ([, end]) => end),
          ...(isLabelled && { label: Int32Array.from(rows, (_, i) => i - 1) }),
        };
        expect(decodePairs(encodePairs(pairs))).toEqual(pairs);
      }),
    );
  });

  it('lay the bytes out as documented', () => {
    const bytes = encodePairs({ dim: 1, x0: [1], x1: [2], label: Int32Array.of(3) });
    // Header, two float64, one int32, and the checksum that zlib.adler32 of Python 3.11 gives for them.
    const expected = '6272656e70616972' + '01000000'.repeat(4) + '000000000000f03f' + '0000000000000040' + '03000000';
    expect(Buffer.from(bytes.subarray(0, 44)).toString('hex')).toBe(expected);
    expect(new DataView(bytes.buffer).getUint32(44, true)).toBe(2563245258);
  });

  it('read from the midst of a larger buffer', () => {
    const bytes = encodePairs(plane);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(Array.from(decodePairs(shifted.subarray(3)).x1)).toEqual(plane.x1);
  });

  it('refuse any byte that was changed, and any that is missing or too many', () => {
    const bytes = encodePairs(plane);
    for (let at = 0; at < bytes.length; at++) {
      const damaged = bytes.slice();
      damaged[at] ^= 1 << (at % 8);
      expect(() => decodePairs(damaged)).toThrow(RangeError);
    }
    for (const length of [0, 7, 23, bytes.length - 1]) {
      expect(() => decodePairs(bytes.slice(0, length))).toThrow(RangeError);
    }
    expect(() => decodePairs(new Uint8Array(bytes.length + 1).map((_, i) => bytes[i] ?? 0))).toThrow('expected length');
  });

  it('refuse what is something else, or of a later version', () => {
    expect(() => decodePairs('pairs' as never)).toThrow('"bytes" expected a Uint8Array, got "pairs"');
    expect(() => decodePairs(new Uint8Array(100))).toThrow('expected what encodePairs returned');
    const later = encodePairs(plane);
    later[8] = 2;
    expect(() => decodePairs(later)).toThrow('"bytes" expected pairs of version 1, got 2');
  });
});
