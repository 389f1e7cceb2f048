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

  it('draws the far tail, beyond e^-25', () => {
    // Where the first 2e11 numbers of this stream are the quantiles of less than that: rare enough to be searched for.
    const key = streamKey(createRng('far tail'))!;
    const deviations = [6005498515, 13478693355, 24151122719, 30616278815, 35659468442, 92014476048].map((place) => {
      const rng = restoreRng({ algorithm: 'threefry4x32-20', key: [...key], position: 2 * (place - 3) });
      const numbers = fillNormal(rng, new Float64Array(8));
      expectSameBits(draw(key, place - 3, 1, 8), numbers);
      return numbers[3];
    });
    expect(deviations.map((z) => Math.sign(z) * Math.floor(10 * Math.abs(z)))).toEqual([75, 67, 67, -67, 67, -67]);
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
