// Comparing potentials, which are only ever defined up to a constant: (f + t, g − t) is as good as (f, g).
import { expectAllClose, expectClose, type CloseOptions } from '../close.js';
import { costsOf, type KnownTransportProblem } from './known-transport-problem.js';

/** Potentials of the rows and of the columns. */
export interface Potentials {
  readonly f: Float64Array;
  readonly g: Float64Array;
}

/**
 * Asserts that potentials equal the expected ones up to one constant that is added to f and taken from g.
 *
 * Use it where the potentials are unique up to that constant: entropic problems, and exact ones whose plan is
 * connected.
 *
 * @throws Error that names the first entry that misses
 */
export function expectPotentialsClose(actual: Potentials, expected: Potentials, options?: CloseOptions): void {
  const shift = actual.f.reduce((sum, each, i) => sum + (each - expected.f[i]) / actual.f.length, 0);
  expectAllClose(
    actual.f.map((each) => each - shift),
    expected.f,
    options,
  );
  expectAllClose(
    actual.g.map((each) => each + shift),
    expected.g,
    options,
  );
}

/**
 * Asserts that potentials prove the known least cost: f_i + g_j ≤ c_ij for all pairs and Σ a f + Σ b g = cost.
 *
 * This is all that exact potentials have in common; a permutation, for one, leaves them a whole polytope.
 *
 * @param relative - tolerance as a multiple of the largest cost. Default 1e-12
 * @throws Error that says which condition fails, and where
 */
export function expectOptimalPotentials(known: KnownTransportProblem, { f, g }: Potentials, relative = 1e-12): void {
  const { geometry, a, b } = known;
  const costs = costsOf(geometry);
  const mass = a.reduce((sum, each) => sum + each, 0);
  const slack = (relative * known.scale) / mass;
  for (let at = 0; at < costs.length; at++) {
    const i = Math.floor(at / geometry.columns);
    const j = at % geometry.columns;
    const violation = f[i] + g[j] - costs[at];
    if (!(violation <= slack))
      throw new Error(`${known.name}: f[${i}] + g[${j}] exceeds the cost by ${violation}, allowed ${slack}`);
  }
  const dual = a.reduce((sum, each, i) => sum + each * f[i], 0) + b.reduce((sum, each, j) => sum + each * g[j], 0);
  expectClose(dual, known.cost, { relative: 0, absolute: relative * known.scale });
}
