import { createRng, fillNormal } from '@brenier/random';
import { expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { assignCells, drawCells } from '../../src/index.js';

describe('assignCells and drawCells', () => {
  const target = { points: fillNormal(createRng(1), new Float64Array(3 * 57)), count: 57, dim: 3 };
  const b = new Float64Array(57).fill(1 / 57);
  const g = fillNormal(createRng(2), new Float64Array(57));
  const points = fillNormal(createRng(3), new Float64Array(3 * 200));

  it('agree with the plain loop', () => {
    const cells = assignCells({ target, b, g, epsilon: 0 }, points);
    for (let i = 0; i < 200; i++) {
      const reduced = Array.from(g, (gj, j) => {
        let cost = 0;
        for (let k = 0; k < 3; k++) cost += (points[3 * i + k] - target.points[3 * j + k]) ** 2;
        return cost - gj;
      });
      expect(cells[i]).toBe(reduced.indexOf(Math.min(...reduced)));
    }
    expect(drawCells(createRng(4), { target, b, g, epsilon: 0 }, points)).toEqual(cells);
  });

  it('draw with the probabilities of the plan', () => {
    const plan = { target: { points: Float64Array.of(0, 1, 3), count: 3, dim: 1 }, b: Float64Array.of(0.2, 0.3, 0.5) };
    const row = [0.2 * Math.exp(-0.5), 0.3 * Math.exp(-0.5 + 0.1), 0.5 * Math.exp(-12.5 - 0.1)];
    const total = row[0] + row[1] + row[2];
    const cells = drawCells(
      createRng(5),
      { ...plan, g: Float64Array.of(0, 0.05, -0.05), epsilon: 0.5 },
      new Float64Array(20_000).fill(0.5),
    );
    const share = cells.filter((cell) => cell === 0).length / 20_000;
    // Four binomial standard errors.
    expectClose(share, row[0] / total, { absolute: 0.015 });
  });

  it('take no points for no answer, and refuse plans and points that do not fit', () => {
    expect(() => assignCells({ target, b, g, epsilon: 0 }, [])).toThrow(RangeError);
    expect(() => assignCells({ target, b, g, epsilon: 0 }, [[1]])).toThrow('dimension 3');
    expect(() => assignCells({ target, b, g: new Float64Array(3), epsilon: 0 }, points)).toThrow('"plan"');
    expect(() => drawCells(3 as never, { target, b, g, epsilon: 1 }, points)).toThrow(TypeError);
  });
});
