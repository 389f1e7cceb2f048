// The known problems as fast-check arbitraries. Sizes shrink; the seed decides everything else.
import { createRng, type Rng } from '@brenier/random';
import fc from 'fast-check';
import {
  affineMapProblem,
  convexGradientProblem,
  diracProblem,
  hiddenPermutationProblem,
  hiddenPlanProblem,
} from './known-answers.js';
import type { KnownTransportProblem } from './known-transport-problem.js';
import { nastyClouds, nastyProblem, nastyWeights } from './nasty-problems.js';

/** Options of {@link knownTransportProblem} and {@link nastyTransportProblem}. */
export interface TransportArbitraryOptions {
  /** Most rows and columns. Default 30. */
  readonly maxCount?: number;
  /** Most coordinates per point. Default 5. */
  readonly maxDim?: number;
}

type Build = (rng: Rng, rows: number, columns: number, dim: number) => KnownTransportProblem;

const builders: readonly Build[] = [
  (rng, rows, _columns, dim) => diracProblem(rng, rows, dim),
  (rng, rows) => hiddenPermutationProblem(rng, rows),
  (rng, rows, columns) => hiddenPlanProblem(rng, rows, columns),
  (rng, rows, _columns, dim) => convexGradientProblem(rng, rows, dim),
  (rng, rows, _columns, dim) => affineMapProblem(rng, rows, dim),
];

/** Problems whose answer is known by construction. */
export function knownTransportProblem(options: TransportArbitraryOptions = {}): fc.Arbitrary<KnownTransportProblem> {
  return fc
    .tuple(sizes(options), fc.constantFrom(...builders))
    .map(([{ seed, rows, columns, dim }, build]) => build(createRng(seed), rows, columns, dim));
}

/** Problems that have broken solvers, with the least cost from the reference solver. */
export function nastyTransportProblem(options: TransportArbitraryOptions = {}): fc.Arbitrary<KnownTransportProblem> {
  const kinds = fc.record({
    source: fc.constantFrom(...nastyClouds),
    target: fc.constantFrom(...nastyClouds),
    weights: fc.constantFrom(...nastyWeights),
    cost: fc.constantFrom('squared-euclidean' as const, 'euclidean' as const),
  });
  return fc
    .tuple(sizes(options), kinds)
    .map(([{ seed, ...size }, kind]) => nastyProblem(createRng(seed), { ...size, ...kind }));
}

function sizes({ maxCount = 30, maxDim = 5 }: TransportArbitraryOptions) {
  return fc.record({
    seed: fc.integer({ min: 0 }),
    rows: fc.integer({ min: 1, max: maxCount }),
    columns: fc.integer({ min: 1, max: maxCount }),
    dim: fc.integer({ min: 1, max: maxDim }),
  });
}
