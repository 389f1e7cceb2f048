import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { checkerboard } from '../src/index.js';

describe('checkerboard', () => {
  it.each([
    [4, 4],
    [2, 1],
    [8, 10],
  ])('with %d squares a side and half width %d is uniform on the dark squares', (squares, halfWidth) => {
    const perSquare = 500;
    const dark = (squares * squares) / 2;
    const { points } = checkerboard(createRng(squares), dark * perSquare, { squares, halfWidth });
    const counts = new Map<string, number>();
    for (let i = 0; i < points.length; i += 2) {
      const column = Math.floor(((points[i] + halfWidth) / (2 * halfWidth)) * squares);
      const row = Math.floor(((points[i + 1] + halfWidth) / (2 * halfWidth)) * squares);
      expect([column, row].every((each) => each >= 0 && each < squares)).toBe(true);
      expect((column + row) % 2).toBe(0);
      counts.set(`${column} ${row}`, (counts.get(`${column} ${row}`) ?? 0) + 1);
    }
    expect(counts.size).toBe(dark);
    let chiSquare = 0;
    for (const each of counts.values()) chiSquare += (each - perSquare) ** 2 / perSquare;
    // Mean dark - 1, standard deviation √(2 dark): eight of them leave less than 1e-6 for 1 to 31 degrees of freedom.
    expect(chiSquare).toBeLessThan(dark - 1 + 8 * Math.sqrt(2 * dark) + 10);
  });
});
