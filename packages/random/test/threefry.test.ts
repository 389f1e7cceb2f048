import { describe, expect, it } from 'vitest';
import { threefry4x32 } from '../src/threefry.js';

const PI = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89];

function block(key: number[], counter: number[]): number[] {
  const out = new Int32Array(4);
  threefry4x32(Int32Array.from(key), counter[0], counter[1], counter[2], counter[3], out);
  return Array.from(out, (word) => word >>> 0);
}

describe('threefry4x32', () => {
  // Origin: file kat_vectors of Random123 (Salmon et al.), lines "threefry4x32 20".
  it('gives the published words for the zero key and counter', () => {
    expect(block([0, 0, 0, 0], [0, 0, 0, 0])).toEqual([0x9c6ca96a, 0xe17eae66, 0xfc10ecd4, 0x5256a7d8]);
  });

  it('gives the published words for all bits set', () => {
    expect(block([-1, -1, -1, -1], [-1, -1, -1, -1])).toEqual([0x2a881696, 0x57012287, 0xf6c7446e, 0xa16a6732]);
  });

  it('gives the published words for the digits of π', () => {
    expect(block(PI.slice(4), PI.slice(0, 4))).toEqual([0x59cd1dbb, 0xb8879579, 0x86b5d00c, 0xac8b6d84]);
  });

  it('may write its output over its key', () => {
    const key = new Int32Array(4);
    threefry4x32(key, 0, 0, 0, 0, key);
    expect(key[0] >>> 0).toBe(0x9c6ca96a);
  });

  it('flips half of the output bits when one bit of the counter flips', () => {
    let flipped = 0;
    for (let bit = 0; bit < 128; bit++) {
      const counter = [1, 2, 3, 4];
      counter[bit >> 5] ^= 1 << (bit & 31);
      const words = block(PI.slice(0, 4), counter);
      const base = block(PI.slice(0, 4), [1, 2, 3, 4]);
      words.forEach((word, i) => (flipped += countBits(word ^ base[i])));
    }
    // 128 × 128 fair coins: mean 8192, standard deviation 64; five of them.
    expect(Math.abs(flipped - 8192)).toBeLessThan(320);
  });
});

function countBits(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}
