import { knownTransportProblem, nastyTransportProblem, type KnownTransportProblem } from '@brenier/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  costMatrix,
  createTransportProblem,
  networkSimplex,
  pointClouds,
  runSync,
  type Geometry,
  type NetworkSimplexResult,
} from '@brenier/ot-core';

function geometryOf({ geometry }: KnownTransportProblem): Geometry {
  if (geometry.kind === 'matrix') return costMatrix(geometry.costs, { rows: geometry.rows, columns: geometry.columns });
  return pointClouds(geometry.x, geometry.y, { cost: geometry.cost });
}

function solve(known: KnownTransportProblem): NetworkSimplexResult {
  const problem = createTransportProblem(geometryOf(known), { a: known.a, b: known.b });
  const result = runSync(networkSimplex(), problem);
  const { certificate } = result;
  expect(result.status).toBe('optimal');
  expect(certificate.worstViolation).toBeLessThanOrEqual(1e-12 * certificate.largestCost);
  expect(Math.abs(certificate.gap)).toBeLessThanOrEqual(1e-12 * certificate.largestCost * problem.mass);
  // Two roundings per entry of a marginal, and weights that were rounded to 2^-60 of their sum.
  expect(certificate.marginalError).toBeLessThanOrEqual(1e-14 * problem.mass);
  expect(certificate.smallestMass).toBeGreaterThan(0);
  return result;
}

describe('networkSimplex', () => {
  it('finds the least cost of problems whose answer is known by construction', () => {
    fc.assert(
      fc.property(knownTransportProblem({ maxCount: 60 }), (known) => {
        expect(Math.abs(solve(known).cost - known.cost)).toBeLessThanOrEqual(1e-12 * known.scale);
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it('agrees with successive shortest paths on inputs that break solvers', () => {
    fc.assert(
      fc.property(nastyTransportProblem({ maxCount: 55 }), (known) => {
        // The reference gives up dust of 1e-15 of the mass per row.
        expect(Math.abs(solve(known).cost - known.cost)).toBeLessThanOrEqual(1e-12 * known.scale);
      }),
      { numRuns: 250, seed: 2 },
    );
  });

  it('agrees with successive shortest paths on inputs that break solvers, in many dimensions and over several levels', () => {
    fc.assert(
      fc.property(nastyTransportProblem({ maxCount: 160, maxDim: 14 }), (known) => {
        expect(Math.abs(solve(known).cost - known.cost)).toBeLessThanOrEqual(1e-12 * known.scale);
      }),
      { numRuns: 80, seed: 6 },
    );
  });

  it('does not depend on the direction of transport', () => {
    fc.assert(
      fc.property(nastyTransportProblem({ maxCount: 90 }), (known) => {
        const { geometry, a, b } = known;
        if (geometry.kind === 'matrix') return;
        const { x, y, rows, columns } = geometry;
        const reversed = { ...known, geometry: { ...geometry, x: y, y: x, rows: columns, columns: rows }, a: b, b: a };
        expect(Math.abs(solve(known).cost - solve(reversed).cost)).toBeLessThanOrEqual(1e-12 * known.scale);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('multiplies the cost by the factor of the masses and by the square of the factor of the points', () => {
    fc.assert(
      fc.property(
        nastyTransportProblem({ maxCount: 55, maxDim: 3 }),
        fc.integer({ min: -30, max: 30 }),
        (known, power) => {
          const { geometry, a, b } = known;
          if (geometry.kind === 'matrix') return;
          const factor = 2 ** power;
          const stretch = (cloud: typeof geometry.x) => ({
            ...cloud,
            points: cloud.points.map((each) => each * factor),
          });
          const stretched = { ...geometry, x: stretch(geometry.x), y: stretch(geometry.y) };
          const heavier = {
            ...known,
            geometry: stretched,
            a: a.map((each) => each * factor),
            b: b.map((each) => each * factor),
          };
          const costFactor = geometry.cost === 'euclidean' ? factor : factor * factor;
          // Powers of two change no mantissa, so every pivot is the same.
          expect(solve(heavier).cost).toBe(solve(known).cost * costFactor * factor);
        },
      ),
      { numRuns: 60, seed: 4 },
    );
  });
});
