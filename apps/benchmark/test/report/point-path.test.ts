import { expect, test } from 'vitest';
import { dotsPath, frameAround, linesPath, UNITS, type Frame } from '../../src/report/point-path.js';

/** Coordinates are units, and y grows downwards. */
const plain: Frame = { left: 0, top: 0, scale: 1 };

test('a frame is the square around all points with a margin', () => {
  const { left, top, scale } = frameAround([0, 0, 10, 2], [4, 6]);
  expect(left).toBeCloseTo(5 - 5.4, 12);
  expect(top).toBeCloseTo(3 + 5.4, 12);
  expect(scale).toBeCloseTo(UNITS / 10.8, 9);
});

test('a frame around one point, or none, is finite', () => {
  for (const frame of [frameAround([1, 1]), frameAround([])]) {
    for (const value of Object.values(frame)) expect(Number.isFinite(value)).toBe(true);
  }
});

test('dots are moves without length, near ones after each other, equal ones once', () => {
  expect(dotsPath([3, -4, 1, -2, 3, -4], plain)).toBe('m1 2h0m2 2h0');
  expect(dotsPath([], plain)).toBe('');
});

test('lines are relative: one command a line, and no blank before a sign', () => {
  expect(linesPath([[1, -1, 4, -3, 2, -8]], plain)).toBe('m1 1 3 2-2 5');
  expect(
    linesPath(
      [
        [1, -1, 4, -3],
        [0, 0, 9, -9],
      ],
      plain,
    ),
  ).toBe('m1 1 3 2m-4-3 9 9');
});

test('points of a line that fall on the one before are left out', () => {
  expect(linesPath([[1, -1, 1.1, -1.2, 4, -3]], plain)).toBe('m1 1 3 2');
});
