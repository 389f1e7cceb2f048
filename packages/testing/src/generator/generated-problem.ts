// One exact transport problem for each whole number, of every kind that has broken a solver or might.
import { createRng, integer, type Rng } from '@brenier/random';
import type { KnownCost, KnownGeometry } from '../transport/known-transport-problem.js';
import { cloudKinds, drawClouds } from './clouds.js';
import { drawCosts, matrixKinds } from './cost-matrices.js';
import { drawMasses, massKinds } from './masses.js';

/** A problem, and the number that makes it again. */
export interface GeneratedProblem {
  readonly seed: number;
  /** What kind of costs and of masses, for counts and messages. */
  readonly costs: string;
  readonly masses: string;
  readonly geometry: KnownGeometry;
  readonly a: Float64Array;
  readonly b: Float64Array;
}

/** Dimensions: mostly those that one solver treats differently from the next. */
const DIMS = [1, 2, 2, 2, 3, 4, 5, 7, 8, 9, 10, 12];
const MOST_POINTS = 60;

/** The named ones half of the time; between them all ways in which a power of a p-norm is computed. */
const COSTS: readonly KnownCost[] = [
  'squared-euclidean',
  'squared-euclidean',
  'squared-euclidean',
  'squared-euclidean',
  'euclidean',
  'euclidean',
  'euclidean',
  'euclidean',
  { p: 1, power: 1 },
  { p: 1, power: 2 },
  { p: Infinity, power: 1 },
  { p: Infinity, power: 0.5 },
  { p: 2, power: 3 },
  { p: 2, power: 0.5 },
  { p: 3, power: 3 },
  { p: 1.5, power: 1 },
];

/** The problem of a seed: 1 to 60 rows and columns, points in 1 to 12 or in 784 dimensions, or a matrix. */
export function generateProblem(seed: number): GeneratedProblem {
  const rng = createRng(seed);
  const rows = integer(rng, 1, MOST_POINTS + 1);
  const columns = integer(rng, 0, 2) === 0 ? rows : integer(rng, 1, MOST_POINTS + 1);
  return integer(rng, 0, 2) === 0 ? betweenClouds(rng, seed, rows, columns) : ofMatrix(rng, seed, rows, columns);
}

function betweenClouds(rng: Rng, seed: number, rows: number, columns: number): GeneratedProblem {
  const kind = oneOf(rng, cloudKinds);
  const dim = integer(rng, 0, 40) === 0 ? 784 : oneOf(rng, DIMS);
  const cost = oneOf(rng, COSTS);
  const [x, y] = drawClouds(rng, kind, rows, columns, dim);
  const geometry = { kind: 'point-cloud', x, y, cost, rows: x.count, columns: y.count } as const;
  const masses = oneOf(rng, massKinds);
  const [a, b] = drawMasses(rng, masses, x.count, y.count);
  return { seed, costs: `${nameOf(cost)}, ${kind}`, masses, geometry, a, b };
}

function nameOf(cost: KnownCost): string {
  return typeof cost === 'object' ? `${cost.p}-norm to the power ${cost.power}` : cost;
}

function ofMatrix(rng: Rng, seed: number, rows: number, columns: number): GeneratedProblem {
  const kind = oneOf(rng, matrixKinds);
  const { costs, masses } = drawCosts(rng, kind, rows, columns);
  const geometry = { kind: 'matrix', costs, rows, columns } as const;
  if (masses) return { seed, costs: `matrix, ${kind}`, masses: 'of a plan', geometry, ...masses };
  // Whether tiny masses fit through allowed pairs is a question of the tolerance: there masses are of one magnitude.
  const kinds = costs.includes(Infinity) ? ['equal', 'integers', 'general', 'some zero'] : massKinds;
  const kindOfMasses = oneOf(rng, kinds);
  const [a, b] = drawMasses(rng, kindOfMasses, rows, columns);
  return { seed, costs: `matrix, ${kind}`, masses: kindOfMasses, geometry, a, b };
}

function oneOf<T>(rng: Rng, choices: readonly T[]): T {
  return choices[integer(rng, 0, choices.length)];
}
