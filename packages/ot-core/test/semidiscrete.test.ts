import { createRng, fillNormal, fillUniform, type Rng } from '@brenier/random';
import { expectAllClose, expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import {
  assignCells,
  certifySemidiscrete,
  createSemidiscreteProblem,
  emd,
  orThrow,
  run,
  runSync,
  semidiscrete,
  type SemidiscreteProgress,
  semidiscreteSolver,
} from '../src/index.js';

const uniform = (dim: number) => (rng: Rng, count: number) => ({
  points: fillUniform(rng, new Float64Array(count * dim)),
  count,
  dim,
});
const normal = (dim: number) => (rng: Rng, count: number) => ({
  points: fillNormal(rng, new Float64Array(count * dim)),
  count,
  dim,
});

describe('semidiscrete', () => {
  it('cuts the unit interval where the quantiles of the weights are', () => {
    const plan = orThrow(
      semidiscrete(createRng(1), uniform(1), [[0.9], [0.1], [5]], { b: [1, 2, 5], tolerance: 0.02 }),
    );
    // In the order of the points: up to ¼ to 0.1, up to ⅜ to 0.9, the rest to 5. Walls between y and z are at (y + z)/2 +
    // (g_y − g_z)/(2(z − y)); 0.02 of a cell's mass, four times.
    const wall = (i: number, j: number, y: number, z: number) => (y + z) / 2 + (plan.g[i] - plan.g[j]) / (2 * (z - y));
    expectClose(wall(1, 0, 0.1, 0.9), 0.25, { absolute: 0.02 });
    expectClose(wall(0, 2, 0.9, 5), 0.375, { absolute: 0.03 });
    // ∫₀^¼ (x − 0.1)² + ∫_¼^⅜ (x − 0.9)² + ∫_⅜^1 (x − 5)² = (0.15³ + 0.1³)/3 + (0.65³ − 0.525³)/3 + (4.625³ − 4³)/3.
    const cost = (0.15 ** 3 + 0.1 ** 3 + 0.65 ** 3 - 0.525 ** 3 + 4.625 ** 3 - 4 ** 3) / 3;
    const { dual } = plan.certificate;
    expectClose(dual.mean, cost, { absolute: 4 * dual.standardError });
  });

  it('gives three points of the unit square a third of its area each', () => {
    const points = [
      [0.1, 0.1],
      [0.2, 0.1],
      [0.9, 0.8],
    ];
    const plan = orThrow(semidiscrete(createRng(2), uniform(2), points));
    // Areas on a grid of midpoints, independent of the draws: a tolerance of 0.05, and the boundary cells of the grid.
    const side = 200;
    const grid = Float64Array.from({ length: 2 * side * side }, (_, at) => {
      const i = at >> 1;
      return ((at % 2 === 0 ? i % side : Math.floor(i / side)) + 0.5) / side;
    });
    const areas = [0, 0, 0];
    assignCells(plan, grid).forEach((cell) => (areas[cell] += 1 / (side * side)));
    expectAllClose(areas, [1 / 3, 1 / 3, 1 / 3], { absolute: 0.02 });
  });

  it('leaves potentials equal where everything is symmetric', () => {
    const corners = [
      [2, 0],
      [0, 2],
      [-2, 0],
      [0, -2],
    ];
    const { g, certificate } = orThrow(semidiscrete(createRng(3), normal(2), corners, { tolerance: 0.03 }));
    // The mass of a cell reacts to its potential by about 0.14: 4 · 0.03 · ¼ of mass is 0.2 of potential.
    expectAllClose(g, [0, 0, 0, 0], { absolute: 0.2 });
    // E‖X‖² + 4 − 4 E max |X_k|, with E max(|X₁|, |X₂|) = 2/√π.
    const cost = 6 - 8 / Math.sqrt(Math.PI);
    expectClose(certificate.dual.mean, cost, { absolute: 4 * certificate.dual.standardError });
  });

  it('agrees with exact transport from a large sample', () => {
    const target = fillNormal(createRng(9), new Float64Array(2 * 40), { sd: 1.5, mean: 0.5 });
    const plan = orThrow(semidiscrete(createRng(4), normal(2), target, { dim: 2 }));
    const sample = normal(2)(createRng(5), 8000);
    const discrete = emd(sample, target, { dim: 2 });
    // 8000 draws leave the cost uncertain by its spread over √8000, which the certificate's draws know: σ = error · √n.
    const { dual } = plan.certificate;
    const spread = dual.standardError * Math.sqrt(plan.certificate.draws);
    expectClose(dual.mean, discrete.cost, { absolute: 4 * Math.hypot(dual.standardError, spread / Math.sqrt(8000)) });
    // Potentials up to a constant: both are centred with equal weights.
    const centre = discrete.g.reduce((sum, each) => sum + each, 0) / 40;
    const worst = Math.max(...plan.g.map((each, j) => Math.abs(each - discrete.g[j] + centre)));
    expect(worst).toBeLessThan(0.5);
  });

  it('finds the potentials of the entropic problem, where every mass is right', () => {
    const points = [[-1], [0.5], [3]];
    const plan = orThrow(semidiscrete(createRng(6), normal(1), points, { epsilon: 1, b: [2, 1, 1], tolerance: 0.01 }));
    // ∫ P(y_j | x) φ(x) dx by the trapezoidal rule, to about 1e-8; a tolerance of 0.01 of each mass, four times.
    const masses = [0, 0, 0];
    for (let x = -8; x <= 8; x += 0.01) {
      const terms = points.map(([y], j) => plan.b[j] * Math.exp((plan.g[j] - (x - y) ** 2) / plan.epsilon));
      const total = terms[0] + terms[1] + terms[2];
      terms.forEach(
        (term, j) => (masses[j] += ((term / total) * Math.exp((-x * x) / 2) * 0.01) / Math.sqrt(2 * Math.PI)),
      );
    }
    expectAllClose(masses, [0.5, 0.25, 0.25], { relative: 0.04 });
  });

  it('tends to the exact plan as ε falls', () => {
    const points = [[0], [1]];
    const walls = [0.5, 0.05, 0].map((epsilon) => {
      const { g } = semidiscrete(createRng(7), uniform(1), points, { epsilon, b: [1, 3], tolerance: 0.02 });
      return (1 + g[0] - g[1]) / 2;
    });
    // Half of the mass is right where both shares are equal; for ε > 0 the weights b tilt the shares by ε log 3 / 2.
    expectClose(walls[2], 0.25, { absolute: 0.02 });
    expect(Math.abs(walls[1] - walls[2])).toBeLessThan(0.04);
    expect(Math.abs(walls[0] - walls[2])).toBeGreaterThan(Math.abs(walls[1] - walls[2]));
  });

  it('sends everything to a single point', () => {
    const plan = semidiscrete(createRng(0), normal(2), [[3, 4]]);
    expect(plan.status).toBe('converged');
    expect(plan.g).toEqual(Float64Array.of(0));
    // E‖X − y‖² = 2 + 25.
    expectClose(plan.cost, 27, { absolute: 4 * plan.certificate.cost.standardError });
  });

  it('does not mind a huge offset', () => {
    const offset = 2 ** 30;
    const far = (rng: Rng, count: number) => {
      const { points } = uniform(1)(rng, count);
      return { points: points.map((x) => x + offset), count, dim: 1 };
    };
    const near = semidiscrete(createRng(1), uniform(1), [[0], [1]], { b: [1, 3] });
    const moved = semidiscrete(createRng(1), far, [[offset], [offset + 1]], { b: [1, 3] });
    // Coordinates are rounded to 2⁻²³ there.
    expectAllClose(moved.g, near.g, { absolute: 1e-3 });
  });

  it('gives the same bits for the same generator, and does not advance it', () => {
    const rng = createRng(8);
    const before = rng.snapshot();
    const once = semidiscrete(rng, normal(2), [
      [0, 0],
      [1, 1],
      [2, 0],
    ]);
    expect(rng.snapshot()).toEqual(before);
    expect(
      semidiscrete(rng, normal(2), [
        [0, 0],
        [1, 1],
        [2, 0],
      ]),
    ).toEqual(once);
  });

  it('is plain data that goes on from where it was saved', () => {
    const problem = createSemidiscreteProblem(createRng(1), normal(2), [
      [0, 0],
      [1, 1],
      [4, 0],
    ]);
    const plan = runSync(semidiscreteSolver(), problem);
    const saved = structuredClone(plan);
    expect(saved).toEqual(plan);
    const again = runSync(semidiscreteSolver({ g: saved.g, tolerance: 0.1 }), problem);
    expect(again).toMatchObject({ status: 'converged', iterations: 0 });
    expectAllClose(again.g, plan.g, { absolute: 1e-12 });
  });

  it.each([1e-2, 1e-3, 1e-12])('settles beside a target of weight %s', (light) => {
    const target = [[0.3], [0.4], [0.9]];
    const { status, g, certificate } = semidiscrete(createRng(0), uniform(1), target, { b: [1, light, 1] });
    expect(status).toBe('converged');
    // All but the light one cost ∫₀^½ (x − 0.3)² + ∫_½^1 (x − 0.9)² = (0.2³ + 0.3³ + 0.1³ + 0.4³)/3 = 1/30.
    const { mean, standardError } = certificate.dual;
    expect(Math.abs(mean - 1 / 30)).toBeLessThan(4 * standardError + light / 2);
    // Any potential of the light target below about −0.1 leaves it empty; 1 is the square of the interval.
    expect(Math.min(...g)).toBeGreaterThan(-1);
  });

  it('refuses what is no problem', () => {
    const target = [[0], [1]];
    expect(() => semidiscrete(undefined as never, normal(1), target)).toThrow(TypeError);
    expect(() => semidiscrete(createRng(0), 3 as never, target)).toThrow('"source" expected a function');
    expect(() => semidiscrete(createRng(0), normal(1), [])).toThrow(RangeError);
    expect(() => semidiscrete(createRng(0), normal(1), [[NaN]])).toThrow(RangeError);
    expect(() => semidiscrete(createRng(0), normal(2), target)).toThrow('"source(rng, count)"');
    expect(() => semidiscrete(createRng(0), () => normal(1)(createRng(0), 3), target)).toThrow(
      'expected 2 points, got 3',
    );
    expect(() => semidiscrete(createRng(0), () => [NaN, 1] as never, target)).toThrow(RangeError);
    expect(() => semidiscrete(createRng(0), normal(1), target, { b: [1, 0] })).toThrow(
      'leave out a point without weight',
    );
    expect(() => semidiscrete(createRng(0), normal(1), target, { b: [1, -1] })).toThrow(RangeError);
    for (const b of [
      [1e308, 1e308],
      [1e-300, 1e-300],
    ]) {
      const message = '"b" expected a total mass in [1e-270, 1e+290]';
      expect(() => semidiscrete(createRng(0), normal(1), target, { b })).toThrow(message);
    }
    expect(() => semidiscrete(createRng(0), normal(1), target, { b: [1] })).toThrow('"b" expected length 2, got 1');
    expect(() => semidiscrete(createRng(0), normal(1), target, { epsilon: -1 })).toThrow('"epsilon"');
    expect(() => semidiscrete(createRng(0), normal(1), target, { tolerance: 0 })).toThrow('"tolerance"');
    expect(() => semidiscrete(createRng(0), normal(1), target, { g: [1] })).toThrow('"g" expected length 2, got 1');
    expect(() => semidiscrete(createRng(0), normal(1), target, { reg: 1 } as never)).toThrow('got "reg"');
    expect(() => semidiscrete(createRng(0), normal(1), target, 0.1 as never)).toThrow('"options" expected an options');
    expect(() => runSync(semidiscreteSolver(), {} as never)).toThrow('createSemidiscreteProblem');
  });
});

describe('semidiscreteSolver', () => {
  const target = fillNormal(createRng(3), new Float64Array(2 * 60));
  const problem = createSemidiscreteProblem(createRng(1), normal(2), target, { dim: 2 });

  it('says so where it stops early, and its certificate tells how far it came', () => {
    const { status, certificate } = runSync(semidiscreteSolver({ warmStart: 0, maxIterations: 3 }), problem);
    expect(status).toBe('max-iterations');
    expect(certificate.chiSquare.mean - 4 * certificate.chiSquare.standardError).toBeGreaterThan(0.05 ** 2);
    const signal = AbortSignal.abort();
    expect(runSync(semidiscreteSolver(), problem, { signal }).status).toBe('aborted');
  });

  it('reports warm start, ascent and evaluation, in turns of the event loop', async () => {
    const phases = new Set<SemidiscreteProgress['phase']>();
    const { status } = await run(semidiscreteSolver(), problem, {
      progressInterval: 0,
      onProgress: ({ progress }) => phases.add(progress.phase),
    });
    expect(status).toBe('converged');
    expect([...phases].sort()).toEqual(['ascent', 'evaluation', 'warm-start']);
  });

  it('keeps its word: fresh draws find the masses within the tolerance', () => {
    const plan = runSync(semidiscreteSolver({ tolerance: 0.1 }), problem);
    expect(plan.status).toBe('converged');
    const { chiSquare } = certifySemidiscrete(createRng(77), normal(2), plan, { draws: 40_000 });
    expect(chiSquare.mean).toBeLessThan(0.1 ** 2 + 3 * chiSquare.standardError);
  });

  it('starts closer after a warm start, the more draws it takes', () => {
    const [cold, warm] = [0, 2000].map(
      (warmStart) => runSync(semidiscreteSolver({ warmStart, maxIterations: 0 }), problem).certificate.chiSquare.mean,
    );
    expect(warm).toBeLessThan(cold / 10);
  });
});
