import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../src/close.js';
import { expectOptimalPotentials } from '../../src/transport/expect-potentials.js';
import { costsOf } from '../../src/transport/known-transport-problem.js';
import { knownTransportProblem, nastyTransportProblem } from '../../src/transport/transport-arbitraries.js';
import { solveTransportReference } from '../../src/transport/transport-reference.js';

const equal = (count: number): Float64Array => new Float64Array(count).fill(1 / count);

/** Σ c_iσ(i) over the best permutation σ of the columns that are left, row after row. */
function leastOfPermutations(costs: readonly number[], count: number, row = 0, taken = 0): number {
  if (row === count) return 0;
  let least = Infinity;
  for (let j = 0; j < count; j++) {
    if (taken & (1 << j)) continue;
    least = Math.min(least, costs[row * count + j] + leastOfPermutations(costs, count, row + 1, taken | (1 << j)));
  }
  return least;
}

describe('solveTransportReference', () => {
  it('finds the textbook assignments', () => {
    // scipy.optimize.linear_sum_assignment's own test matrices: 150 + 400 + 300 and 10 + 1 + 7
    const first = Float64Array.of(400, 150, 400, 400, 450, 600, 300, 225, 300);
    expectClose(3 * solveTransportReference(first, equal(3), equal(3)).cost, 850);
    const second = Float64Array.of(10, 10, 8, 9, 8, 1, 9, 7, 4);
    expectClose(3 * solveTransportReference(second, equal(3), equal(3)).cost, 18);
  });

  it('finds the least of all permutations, forbidden pairs or not', () => {
    const entry = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: -9, max: 9 }) }, fc.constant(Infinity));
    const square = fc.integer({ min: 1, max: 7 }).chain((n) => fc.array(entry, { minLength: n * n, maxLength: n * n }));
    fc.assert(
      fc.property(square, (entries) => {
        const count = Math.sqrt(entries.length);
        const ones = new Float64Array(count).fill(1);
        const { cost, missing } = solveTransportReference(Float64Array.from(entries), ones, ones);
        const least = leastOfPermutations(entries, count);
        // small whole numbers: every sum is exact
        if (least < Infinity) expect({ cost, missing }).toEqual({ cost: least, missing: 0 });
        else expect(missing).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });

  it('finds the known cost, with potentials that prove it', () => {
    fc.assert(
      fc.property(knownTransportProblem(), (known) => {
        const { cost, f, g } = solveTransportReference(costsOf(known.geometry), known.a, known.b);
        // 60 or so masses are added along each path: a few hundred roundings of 1e-16
        expectClose(cost, known.cost, { relative: 0, absolute: 1e-13 * known.scale });
        expectOptimalPotentials(known, { f, g }, 1e-12);
      }),
    );
  });

  it('returns a plan with the right marginals, whatever the input', () => {
    fc.assert(
      fc.property(nastyTransportProblem({ maxCount: 20 }), ({ geometry, a, b }) => {
        const { plan } = solveTransportReference(costsOf(geometry), a, b);
        const { rows, columns } = geometry;
        const total = a.reduce((sum, mass) => sum + mass, 0);
        for (let i = 0; i < rows; i++) {
          const mass = plan.subarray(i * columns, (i + 1) * columns).reduce((sum, each) => sum + each, 0);
          expectClose(mass, a[i], { relative: 0, absolute: 1e-14 * total });
        }
        for (let j = 0; j < columns; j++) {
          const mass = plan.reduce((sum, each, at) => (at % columns === j ? sum + each : sum), 0);
          expectClose(mass, b[j], { relative: 0, absolute: 1e-14 * total });
        }
        expect(Math.min(...plan)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('proves its own answer on inputs that break solvers', () => {
    fc.assert(
      fc.property(nastyTransportProblem({ maxCount: 20 }), (known) => {
        expectOptimalPotentials(known, solveTransportReference(costsOf(known.geometry), known.a, known.b), 1e-12);
      }),
    );
  });
});
