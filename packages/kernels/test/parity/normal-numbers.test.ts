import { createRng, fillNormal, restoreRng, streamKey } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { expectSameBits, inArena, loadVariants } from './variants.js';

describe.each(await loadVariants())('normalNumbers of the $name binary', ({ kernels }) => {
  const draw = (key: ArrayLike<number>, first: number, spread: number, count: number) =>
    inArena(kernels, () => {
      const { arena, exports, memory } = kernels;
      const [keyAt, out, scratch] = [arena.allocate(16), arena.allocate(8 * count + 8), arena.allocate(1024)];
      new Uint32Array(memory.buffer, keyAt, 4).set(key);
      const numbers = new Float64Array(memory.buffer, out, count + 1).fill(7);
      exports.normalNumbers(keyAt, first, spread, out, count, scratch);
      expect(numbers[count]).toBe(7);
      return numbers.slice(0, count);
    });

  it('draws what fillNormal draws, in the centre and in the tails', () => {
    for (let seed = 0; seed < 20; seed++) {
      const rng = createRng(seed).fork('noise');
      const key = streamKey(rng)!;
      expectSameBits(draw(key, 0, 1, 50_000), fillNormal(rng, new Float64Array(50_000)));
    }
  });

  it('begins and ends anywhere, beyond 2^32 blocks too', () => {
    const key = streamKey(createRng('places'))!;
    for (const first of [0, 1, 2, 63, 64, 65, 1001, 2 ** 33 - 5, 2 ** 33 + 1, 2 ** 40 + 3]) {
      for (const count of [0, 1, 2, 3, 7, 8, 9, 63, 64, 65, 130, 200]) {
        const rng = restoreRng({ algorithm: 'threefry4x32-20', key: [...key], position: 2 * first });
        expectSameBits(draw(key, first, 0.3, count), fillNormal(rng, new Float64Array(count), { sd: 0.3 }));
      }
    }
  });

  it('gives +0 for a spread of 0', () => {
    expectSameBits(draw(streamKey(createRng(1))!, 0, 0, 100), new Float64Array(100));
  });
});
