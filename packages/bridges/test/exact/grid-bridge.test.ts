import { run } from '@brenier/ot-core';
import { expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import {
  brownian,
  gridBridge,
  gridBridgeEnergy,
  gridBridgeSolver,
  gridMarginal,
  ornsteinUhlenbeck,
  planeEnds,
  planeMixture,
} from '../../src/index.js';

const box = { left: -6, right: 6, bottom: -6, top: 6 };
const normalAt = (m: number, s: number) => (x: number, y: number) => -((x - m) ** 2 + y ** 2) / (2 * s * s);

// The bridge with reference σW between N(0, s₀²) and N(m, s₁²): variance (1−t)²s₀² + t²s₁² + t(1−t)D with D = √(4s₀²s₁² + σ⁴), a line
// of means (Bunne et al., AISTATS 2023). Its flow stretches around the mean, so E‖v‖² = m² + (v'_t)²/(4v_t) per axis.
function varianceAt(t: number, s0: number, s1: number, sigma: number): [value: number, rate: number] {
  const d = Math.sqrt(4 * s0 ** 2 * s1 ** 2 + sigma ** 4);
  const value = (1 - t) ** 2 * s0 ** 2 + t * t * s1 ** 2 + t * (1 - t) * d;
  return [value, -2 * (1 - t) * s0 ** 2 + 2 * t * s1 ** 2 + (1 - 2 * t) * d];
}
const energyAt = (t: number, m: number, s0: number, s1: number, sigma: number) => {
  const [value, rate] = varianceAt(t, s0, s1, sigma);
  return m * m + (2 * rate * rate) / (4 * value);
};
function energyOf(m: number, s0: number, s1: number, sigma: number): number {
  // Midpoints in u with t = (1 − cos πu)/2: converged to 1e-10 at this number.
  let sum = 0;
  for (let k = 0; k < 4000; k++) {
    const u = (k + 0.5) / 4000;
    sum += (energyAt((1 - Math.cos(Math.PI * u)) / 2, m, s0, s1, sigma) * Math.PI * Math.sin(Math.PI * u)) / 8000;
  }
  return sum;
}

describe('gridBridge', () => {
  const [m, s0, s1, sigma] = [1, 1, 0.4, 0.8];
  const ends = planeEnds(normalAt(0, s0), normalAt(m, s1), { ...box, step: 0.3 });
  const bridge = gridBridge(ends, { reference: brownian({ sigma }) });

  it('has the marginals of the closed form between normal laws, at the ends and near them too', () => {
    expect(bridge.status).toBe('converged');
    expect(bridge.marginalError).toBeLessThan(1e-7);
    for (const t of [0, 1e-6, 0.001, 0.004, 0.008, 0.01, 0.4, 0.9, 0.99, 0.992, 0.996, 0.999, 1 - 1e-6, 1]) {
      const { grid, density } = gridMarginal(bridge, t);
      let [mass, mean, square] = [0, 0, 0];
      density.forEach((each, i) => {
        const x = grid.left + Math.floor(i / grid.rows) * grid.step;
        mass += each * grid.step ** 2;
        mean += each * x * grid.step ** 2;
        square += each * x * x * grid.step ** 2;
      });
      // The step is 0.75 of the smallest deviation: sums are exact to 1e-6. Within 0.0088 of an end a parabola in time stands for them.
      const near = t < 0.0088 || t > 0.9912;
      expectClose(mass, 1, { absolute: near ? 1e-4 : 1e-5 });
      expectClose(mean / mass, m * t, { absolute: near ? 1e-4 : 1e-5 });
      const variance = square / mass - (mean / mass) ** 2;
      expectClose(variance, varianceAt(t, s0, s1, sigma)[0], { relative: near ? 2e-4 : 1e-4 });
    }
  });

  it('has the very ends that it was given at the times 0 and 1', () => {
    const { refinement } = bridge;
    for (const [t, wanted] of [
      [0, ends.source],
      [1, ends.target],
    ] as const) {
      const { grid, density } = gridMarginal(bridge, t);
      // At 1 but for rounding, at 0 up to the marginal error of the solve.
      density.forEach((each, at) => {
        const [i, j] = [Math.floor(at / grid.rows), at % grid.rows];
        const exact = Math.exp(wanted[i * refinement * bridge.grid.rows + j * refinement]);
        expect(Math.abs(each - exact)).toBeLessThan(t === 1 ? 1e-12 : 1e-7);
      });
    }
  });

  it('has the energy of the closed form, at each time and in all', () => {
    for (const t of [0, 0.001, 0.004, 0.05, 0.3, 0.8, 0.97, 0.996, 0.999, 1]) {
      expectClose(gridMarginal(bridge, t).energy, energyAt(t, m, s0, s1, sigma), { relative: 1e-4 });
    }
    expectClose(gridBridgeEnergy(bridge), energyOf(m, s0, s1, sigma), { relative: 1e-6 });
  });

  it('comes nearer as the step is halved', () => {
    const reference = brownian({ sigma });
    const errorAt = (step: number) => {
      const refined = gridBridge(planeEnds(normalAt(0, s0), normalAt(m, s1), { ...box, step }), { reference });
      return Math.abs(gridBridgeEnergy(refined, { numTimes: 16 }) / energyOf(m, s0, s1, sigma) - 1);
    };
    const [coarse, fine] = [errorAt(0.6), errorAt(0.3)];
    expect(coarse).toBeLessThan(0.01);
    expect(fine).toBeLessThan(coarse / 20);
  });

  it('has drifts whose sum is σ² times the score, and whose difference is the flow', () => {
    const { grid, forward, backward, velocity, density } = gridMarginal(bridge, 0.5);
    const [i, j] = [20, 22];
    const at = i * grid.rows + j;
    const scoreY = (Math.log(density[at + 1]) - Math.log(density[at - 1])) / (2 * grid.step);
    // A normal law has a linear score: the central difference is exact.
    expectClose(forward[2 * at + 1] + backward[2 * at + 1], sigma ** 2 * scoreY, { relative: 1e-4 });
    expectClose(velocity[2 * at], (forward[2 * at] - backward[2 * at]) / 2, { relative: 1e-15 });
  });

  it('leaves the stationary law of an Ornstein–Uhlenbeck reference alone', () => {
    const stationary = planeEnds(normalAt(0, Math.SQRT1_2), normalAt(0, Math.SQRT1_2), { ...box, step: 0.4 });
    const still = gridBridge(stationary, { reference: ornsteinUhlenbeck({ sigma: 1, rate: 1 }) });
    // The reference itself: it is the bridge, and nothing flows.
    expect(still.iterations).toBeLessThan(4);
    for (const t of [0.1, 0.5, 0.9]) expect(gridMarginal(still, t).energy).toBeLessThan(1e-9);
  });

  it('reports progress and can be stopped', async () => {
    const seen: number[] = [];
    const controller = new AbortController();
    const narrow = planeEnds(normalAt(-3, 1), normalAt(3, 1), { ...box, step: 0.3 });
    const stopped = await run(gridBridgeSolver({ reference: brownian({ sigma: 0.3 }), tolerance: 0 }), narrow, {
      signal: controller.signal,
      progressInterval: 0,
      onProgress({ progress }) {
        seen.push(progress.iterations);
        if (progress.iterations === 3) controller.abort();
      },
    });
    expect(stopped.status).toBe('aborted');
    expect(stopped.iterations).toBe(3);
    expect(seen).toContain(2);
    expect(gridBridge(narrow, { reference: brownian({ sigma: 0.3 }), maxIterations: 2 }).status).toBe('max-iterations');
  });

  it('refuses what it cannot resolve or does not know', () => {
    expect(() => gridBridge(ends, { reference: brownian({ sigma: 0.1 }) })).toThrow(
      '"ends.grid" expected a step of at most',
    );
    expect(() => gridBridge(undefined as never, { reference: brownian() })).toThrow(
      '"ends" expected what planeEnds returns, got undefined',
    );
    expect(() => gridBridgeEnergy({} as never)).toThrow('"bridge" expected what gridBridge returns, got');
    expect(() => gridMarginal(undefined as never, 0.5)).toThrow('"bridge" expected what gridBridge returns');
    expect(() => gridBridge(ends, { reference: 1 as never })).toThrow('"reference" expected a reference');
    expect(() => gridBridge(ends, { reference: brownian(), steps: 3 } as never)).toThrow('expected only the options');
    expect(() => gridMarginal(bridge, 1.1)).toThrow('"t" expected a number in [0, 1]');
    expect(() => gridBridgeEnergy(bridge, { numTimes: 1 })).toThrow('"numTimes" expected a whole number in [2, 1000]');
  });
});

describe('planeEnds', () => {
  it('makes both densities of mass 1 on the coarse grid', () => {
    const { grid, refinement, source } = planeEnds(planeMixture({ means: [0, 0, 2, 1], sd: 0.7 }), normalAt(0, 1), {
      ...box,
      step: 0.5,
      refinement: 2,
    });
    let mass = 0;
    for (let i = 0; i < grid.columns; i += refinement) {
      for (let j = 0; j < grid.rows; j += refinement) mass += Math.exp(source[i * grid.rows + j]) * 0.25;
    }
    expectClose(mass, 1, { relative: 1e-12 });
  });

  it('refuses rectangles without area and densities that are none', () => {
    const make = (density: (x: number, y: number) => number, options = {}) =>
      planeEnds(density, normalAt(0, 1), { ...box, step: 0.5, ...options });
    expect(() => make(normalAt(0, 1), { right: -7 })).toThrow('"right" expected 2 to 1024 nodes');
    expect(() => make(normalAt(0, 1), { top: NaN })).toThrow('"top" expected a finite number');
    expect(() => make(normalAt(0, 1), { step: 0.001 })).toThrow('nodes from -6 on with step 0.001');
    expect(() => make(normalAt(0, 1), { step: 0 })).toThrow('"step" expected a finite number > 0');
    expect(() => make(normalAt(0, 1), { size: 3 })).toThrow('expected only the options');
    expect(() => make(() => NaN)).toThrow('"source(-6, -6)" expected a finite number or -Infinity, got NaN');
    expect(() => make(() => -Infinity)).toThrow('"source" expected a density with mass on the grid');
    expect(() => make(3 as never)).toThrow('"source" expected a function');
  });
});

describe('planeMixture', () => {
  it('is the logarithm of a weighted sum, also far out', () => {
    const density = planeMixture({ means: [0, 0, 3, 0], sd: 0.5, weights: [1, 3] });
    const value = (x: number) => (0.25 * Math.exp(-2 * x * x) + 0.75 * Math.exp(-2 * (x - 3) ** 2)) / (Math.PI / 2);
    for (const x of [-1, 0.5, 1.4, 3]) expectClose(density(x, 0), Math.log(value(x)), { absolute: 1e-13 });
    expectClose(density(1e4, 0), Math.log(0.75 / (Math.PI / 2)) - 2 * (1e4 - 3) ** 2, { relative: 1e-15 });
  });

  it('refuses means that are no pairs, and weights that do not fit', () => {
    expect(() => planeMixture({ means: [], sd: 1 })).toThrow('"means" expected pairs of coordinates');
    expect(() => planeMixture({ means: [1, 2, 3], sd: 1 })).toThrow('"means" expected pairs of coordinates');
    expect(() => planeMixture({ means: [1, NaN], sd: 1 })).toThrow('"means[1]" expected a finite number');
    expect(() => planeMixture({ means: [1, 2], sd: 0 })).toThrow('"sd" expected a finite number > 0');
    expect(() => planeMixture({ means: [1, 2], sd: 1, weights: [1, 2] })).toThrow('"weights" expected length 1');
    expect(() => planeMixture({ means: [1, 2], sd: 1, weights: [0] })).toThrow('"weights" expected weights with');
    expect(() => planeMixture({ means: [1, 2], spread: 1 } as never)).toThrow('expected only the options');
  });
});
