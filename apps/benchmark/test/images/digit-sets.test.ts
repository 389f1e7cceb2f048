import { describe, expect, it } from 'vitest';
import { firstImages, HELD_OUT, ofClasses } from '../../src/images/digit-sets.js';
import { allDigits } from './images.js';

describe('splitDigits', () => {
  it('holds 2000 of the 10,000 digits out, of every class about a fifth', async () => {
    const { training, heldOut } = await allDigits();
    expect([training.count, heldOut.count]).toEqual([8000, HELD_OUT]);
    for (let digit = 0; digit < 10; digit++) {
      const share = ofClasses(heldOut, [digit]).count / ofClasses(training, [digit]).count;
      // Of about 1000 digits of a class a random fifth is 200 ± 13: the bounds are four of these away.
      expect(share).toBeGreaterThan(0.18);
      expect(share).toBeLessThan(0.34);
    }
  });

  it('puts no image into both sets', async () => {
    const { training, heldOut } = await allDigits();
    const known = new Set(Array.from({ length: training.count }, (_, i) => imageKey(training.points, i)));
    const shared = Array.from({ length: heldOut.count }, (_, i) => imageKey(heldOut.points, i)).filter((key) =>
      known.has(key),
    );
    expect(shared).toEqual([]);
  });
});

describe('ofClasses and firstImages', () => {
  it('keep images and labels together', async () => {
    const { heldOut } = await allDigits();
    const ones = firstImages(ofClasses(heldOut, [1]), 5);
    expect([...ones.labels]).toEqual([1, 1, 1, 1, 1]);
    const first = heldOut.labels.indexOf(1);
    expect(imageKey(ones.points, 0)).toBe(imageKey(heldOut.points, first));
    expect(firstImages(ones, 9).count).toBe(5);
  });
});

function imageKey(points: Float64Array, i: number): string {
  return points.subarray(784 * i, 784 * (i + 1)).join();
}
