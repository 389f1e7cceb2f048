import { emd } from '@brenier/ot-core';
import { createRng, fillNormal } from '@brenier/random';
import { convergenceOrder, expectClose } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizedPathEnergy, trajectoryEnergy, velocityEnergy, wasserstein2 } from '../src/index.js';

const numbers = (length: number) =>
  fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: length, maxLength: length });

/** A quarter turn of the unit circle in one unit of time: speed π/2 throughout, energy π²/4. */
function quarterTurn(numSteps: number) {
  const times = Array.from({ length: numSteps + 1 }, (_, k) => k / numSteps);
  const angle = (t: number) => (t * Math.PI) / 2;
  return {
    times,
    states: times.map((t) => [Math.cos(angle(t)), Math.sin(angle(t))]),
    velocities: times.map((t) => [(-Math.PI / 2) * Math.sin(angle(t)), (Math.PI / 2) * Math.cos(angle(t))]),
  };
}

describe('trajectoryEnergy', () => {
  it('of the displacement interpolation is the squared Wasserstein distance, wherever it is looked at', () => {
    const x = fillNormal(createRng(0), new Float64Array(60));
    const y = fillNormal(createRng(1), new Float64Array(60), { mean: 3, sd: 2 });
    const { coupling, cost } = emd(x, y, { dim: 2 });
    if (coupling.kind !== 'permutation') throw new Error('equal counts give a permutation');
    const end = x.map((_, j) => y[coupling.columnOfRow[j >> 1] * 2 + (j % 2)]);
    for (const times of [
      [0, 1],
      [0, 0.1, 0.15, 0.9, 1],
    ]) {
      const states = times.map((t) => x.map((each, j) => (1 - t) * each + t * end[j]));
      expectClose(trajectoryEnergy(times, states, { dim: 2 }), cost, { relative: 1e-12 });
    }
  });

  it('is never below the squared Wasserstein distance between the ends, over the time between them', () => {
    const path = fc.integer({ min: 1, max: 4 }).chain((numSteps) =>
      fc.record({
        gaps: fc.array(fc.double({ min: 0.01, max: 3, noNaN: true }), { minLength: numSteps, maxLength: numSteps }),
        states: fc.array(numbers(10), { minLength: numSteps + 1, maxLength: numSteps + 1 }),
      }),
    );
    fc.assert(
      fc.property(path, ({ gaps, states }) => {
        const times = gaps.reduce((list, gap) => [...list, list.at(-1)! + gap], [0]);
        const floor = wasserstein2(states[0], states.at(-1)!, { dim: 2 }).squared / times.at(-1)!;
        expect(trajectoryEnergy(times, states, { dim: 2 })).toBeGreaterThanOrEqual(floor * (1 - 1e-12) - 1e-9);
      }),
    );
  });

  it('falls short of the energy of a smooth curve with order 2 in the step', () => {
    const counts = [8, 16, 32, 64];
    const shortfalls = counts.map((numSteps) => {
      const { times, states } = quarterTurn(numSteps);
      return Math.PI ** 2 / 4 - trajectoryEnergy(times, states, { dim: 2 });
    });
    expect(Math.min(...shortfalls)).toBeGreaterThan(0);
    // Errors of sin(x)/x, an even function: the next term is O(h²) smaller.
    expectClose(
      convergenceOrder(
        counts.map((n) => 1 / n),
        shortfalls,
      ).order,
      2,
      { absolute: 0.01 },
    );
  });

  it('is the left Riemann sum of the squared speed along Euler steps', () => {
    const times = [0, 0.25, 0.5, 1];
    const speed = (x: number, t: number) => Math.cos(x) + t;
    const states = [[0.3, -1]];
    let riemann = 0;
    for (let k = 0; k < 3; k++) {
      const h = times[k + 1] - times[k];
      const velocities = states[k].map((x) => speed(x, times[k]));
      states.push(states[k].map((x, i) => x + h * velocities[i]));
      riemann += (h * velocities.reduce((sum, v) => sum + v * v, 0)) / 2;
    }
    expectClose(trajectoryEnergy(times, states, { dim: 1 }), riemann);
  });

  it('is the same forwards and backwards', () => {
    const { times, states } = quarterTurn(5);
    const forwards = trajectoryEnergy(times, states, { dim: 2 });
    expectClose(trajectoryEnergy(times.toReversed(), states.toReversed(), { dim: 2 }), forwards);
  });
});

describe('velocityEnergy', () => {
  it('is exact for a speed that does not change', () => {
    const { times, velocities } = quarterTurn(3);
    expectClose(velocityEnergy(times, velocities, { dim: 2 }), Math.PI ** 2 / 4);
  });

  it('converges with order 2', () => {
    // ∫₀¹ e^(2t) dt = (e² − 1)/2.
    const counts = [8, 16, 32];
    const errors = counts.map((n) => {
      const times = Array.from({ length: n + 1 }, (_, k) => k / n);
      return (
        velocityEnergy(
          times,
          times.map((t) => [Math.exp(t)]),
          { dim: 1 },
        ) -
        (Math.E ** 2 - 1) / 2
      );
    });
    expectClose(
      convergenceOrder(
        counts.map((n) => 1 / n),
        errors,
      ).order,
      2,
      { absolute: 0.01 },
    );
  });

  it('averages over points and counts time in its own unit', () => {
    expect(
      velocityEnergy(
        [0, 2],
        [
          [1, 3],
          [1, 3],
        ],
        { dim: 1 },
      ),
    ).toBe(10);
    expect(
      velocityEnergy(
        [2, 0],
        [
          [1, 3],
          [1, 3],
        ],
        { dim: 2 },
      ),
    ).toBe(20);
  });
});

describe.each([
  ['trajectoryEnergy', trajectoryEnergy, 'states'],
  ['velocityEnergy', velocityEnergy, 'velocities'],
] as const)('%s', (_, energy, name) => {
  it('refuses paths that do not fit together', () => {
    const options = { dim: 1 };
    expect(() => energy([0], [[1]], options)).toThrow('"times" expected at least 2 times, got 1');
    expect(() => energy([0, 1, 1], [[1], [2], [3]], options)).toThrow(
      '"times" expected strictly monotone times, got 1 then 1',
    );
    expect(() => energy([0, 1, 0.5], [[1], [2], [3]], options)).toThrow('strictly monotone');
    expect(() => energy([0, NaN], [[1], [2]], options)).toThrow('"times[1]" expected a finite number');
    expect(() => energy([0, 1], [[1]], options)).toThrow(`"${name}" expected length 2, got 1`);
    expect(() => energy([0, 1], [[1, 2], [1]], options)).toThrow(`"${name}[1]" expected length 2, got 1`);
    expect(() => energy([0, 1], [[], []], options)).toThrow(`"${name}[0]" expected a positive multiple of 1`);
    expect(() => energy([0, 1], [[1], [2]], { dim: 2 })).toThrow('multiple of 2');
    expect(() => energy([0, 1], [[1], [Infinity]], options)).toThrow(`"${name}[1][0]" expected a finite number`);
    expect(() => energy([0, 1], new Float64Array(2) as never, options)).toThrow(
      `"${name}" expected an array of batches`,
    );
    expect(() => energy([0, 1], [[1], [2]], {} as never)).toThrow('"dim"');
    expect(() => energy([0, 1], [[1], [2]], { dim: 1, p: 2 } as never)).toThrow('got "p"');
  });
});

describe('normalizedPathEnergy', () => {
  it('is 0 at the floor and counts deviations of either sign', () => {
    expect(normalizedPathEnergy(8, 8)).toBe(0);
    expect(normalizedPathEnergy(6, 8)).toBe(0.25);
    expect(normalizedPathEnergy(10, 8)).toBe(0.25);
  });

  it('refuses negative energies and a floor of 0', () => {
    expect(() => normalizedPathEnergy(-1, 8)).toThrow('"energy" expected a finite number >= 0, got -1');
    expect(() => normalizedPathEnergy(1, 0)).toThrow('"squaredDistance" expected a finite number > 0, got 0');
    expect(() => normalizedPathEnergy(NaN, 1)).toThrow(RangeError);
  });
});
