// Threefry-4x32 with 20 rounds: the block function of Salmon, Moraes, Dror & Shaw, Parallel random numbers: as easy
// as 1, 2, 3 (SC 2011), section 4.3, after the cipher Threefish. For one key it is a bijection of the 2^128 counters;
// outputs of different counters or keys look independent (it passes BigCrush for every tested way of counting, idem
// section 5).

const PARITY = 0x1bd11bda;

/**
 * Writes the four words of one block.
 *
 * @param key - four 32-bit words
 * @param c0 - first counter word
 * @param c1 - second counter word
 * @param c2 - third counter word
 * @param c3 - fourth counter word
 * @param out - receives four 32-bit words; may be `key`
 */
export function threefry4x32(key: Int32Array, c0: number, c1: number, c2: number, c3: number, out: Int32Array): void {
  const k0 = key[0];
  const k1 = key[1];
  const k2 = key[2];
  const k3 = key[3];
  const k4 = PARITY ^ k0 ^ k1 ^ k2 ^ k3;
  let x0 = (c0 + k0) | 0;
  let x1 = (c1 + k1) | 0;
  let x2 = (c2 + k2) | 0;
  let x3 = (c3 + k3) | 0;
  // rounds 1 to 4, then key injection 1
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 10) | (x1 >>> 22)) ^ x0;
  x2 = (x2 + x3) | 0;
  x3 = ((x3 << 26) | (x3 >>> 6)) ^ x2;
  x0 = (x0 + x3) | 0;
  x3 = ((x3 << 11) | (x3 >>> 21)) ^ x0;
  x2 = (x2 + x1) | 0;
  x1 = ((x1 << 21) | (x1 >>> 11)) ^ x2;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
  x2 = (x2 + x3) | 0;
  x3 = ((x3 << 27) | (x3 >>> 5)) ^ x2;
  x0 = (x0 + x3) | 0;
  x3 = ((x3 << 23) | (x3 >>> 9)) ^ x0;
  x2 = (x2 + x1) | 0;
  x1 = ((x1 << 5) | (x1 >>> 27)) ^ x2;
  x0 = (x0 + k1) | 0;
  x1 = (x1 + k2) | 0;
  x2 = (x2 + k3) | 0;
  x3 = (x3 + k4 + 1) | 0;
  // rounds 5 to 8, then key injection 2
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
  x2 = (x2 + x3) | 0;
  x3 = ((x3 << 20) | (x3 >>> 12)) ^ x2;
  x0 = (x0 + x3) | 0;
  x3 = ((x3 << 17) | (x3 >>> 15)) ^ x0;
  x2 = (x2 + x1) | 0;
  x1 = ((x1 << 11) | (x1 >>> 21)) ^ x2;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 25) | (x1 >>> 7)) ^ x0;
  x2 = (x2 + x3) | 0;
  x3 = ((x3 << 10) | (x3 >>> 22)) ^ x2;
  x0 = (x0 + x3) | 0;
  x3 = ((x3 << 18) | (x3 >>> 14)) ^ x0;
  x2 = (x2 + x1) | 0;
  x1 = ((x1 << 20) | (x1 >>> 12)) ^ x2;
  x0 = (x0 + k2) | 0;
  x1 = (x1 + k3) | 0;
  x2 = (x2 + k4) | 0;
  x3 = (x3 + k0 + 2) | 0;
  // rounds 9 to 12, then key injection 3
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 10) | (x1 >>> 22)) ^ x0;
  x2 = (x2 + x3) | 0;
  x3 = ((x3 << 26) | (x3 >>> 6)) ^ x2;
  x0 = (x0 + x3) | 0;
  x3 = ((x3 << 11) | (x3 >>> 21)) ^ x0;
  x2 = (x2 + x1) | 0;
  x1 = ((x1 << 21) | (x1 >>> 11)) ^ x2;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
  x2 = (x2 + x3) | 0;
  x3 = ((x3 << 27) | (x3 >>> 5)) ^ x2;
  x0 = (x0 + x3) | 0;
  x3 = ((x3 << 23) | (x3 >>> 9)) ^ x0;
  x2 = (x2 + x1) | 0;
  x1 = ((x1 << 5) | (x1 >>> 27)) ^ x2;
  x0 = (x0 + k3) | 0;
  x1 = (x1 + k4) | 0;
  x2 = (x2 + k0) | 0;
  x3 = (x3 + k1 + 3) | 0;
  // rounds 13 to 16, then key injection 4
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
  x2 = (x2 + x3) | 0;
  x3 = ((x3 << 20) | (x3 >>> 12)) ^ x2;
  x0 = (x0 + x3) | 0;
  x3 = ((x3 << 17) | (x3 >>> 15)) ^ x0;
  x2 = (x2 + x1) | 0;
  x1 = ((x1 << 11) | (x1 >>> 21)) ^ x2;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 25) | (x1 >>> 7)) ^ x0;
  x2 = (x2 + x3) | 0;
  x3 = ((x3 << 10) | (x3 >>> 22)) ^ x2;
  x0 = (x0 + x3) | 0;
  x3 = ((x3 << 18) | (x3 >>> 14)) ^ x0;
  x2 = (x2 + x1) | 0;
  x1 = ((x1 << 20) | (x1 >>> 12)) ^ x2;
  x0 = (x0 + k4) | 0;
  x1 = (x1 + k0) | 0;
  x2 = (x2 + k1) | 0;
  x3 = (x3 + k2 + 4) | 0;
  // rounds 17 to 20, then key injection 5
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 10) | (x1 >>> 22)) ^ x0;
  x2 = (x2 + x3) | 0;
  x3 = ((x3 << 26) | (x3 >>> 6)) ^ x2;
  x0 = (x0 + x3) | 0;
  x3 = ((x3 << 11) | (x3 >>> 21)) ^ x0;
  x2 = (x2 + x1) | 0;
  x1 = ((x1 << 21) | (x1 >>> 11)) ^ x2;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
  x2 = (x2 + x3) | 0;
  x3 = ((x3 << 27) | (x3 >>> 5)) ^ x2;
  x0 = (x0 + x3) | 0;
  x3 = ((x3 << 23) | (x3 >>> 9)) ^ x0;
  x2 = (x2 + x1) | 0;
  x1 = ((x1 << 5) | (x1 >>> 27)) ^ x2;
  out[0] = (x0 + k0) | 0;
  out[1] = (x1 + k1) | 0;
  out[2] = (x2 + k2) | 0;
  out[3] = (x3 + k3 + 5) | 0;
}
