// How the solver in WebAssembly reads the costs of a problem.
import { hasForbiddenPairs, rangeOfAllowedCosts } from '../../geometry/forbidden-pairs.js';
import type { MatrixGeometry } from '../../geometry/geometry.js';
import type { TransportProblem } from '../../problem/transport-problem.js';

/** The ways, by the numbers that the kernel knows them by. */
export const Kind = { blocks: 0, matrix: 1, squaredRows: 2, euclideanRows: 3, matrix32: 4, normRows: 5 } as const;

/** Above this dimension boxes are too wide for their bounds to skip anything. */
const LARGEST_BLOCK_DIM = 8;
/** So many products are kept at most. */
const MOST_PRODUCTS = 2 ** 26;
/** From this dimension on a look at every product is faster than bounds; in assignments, which need no tree, from the first. */
const FIRST_ASSIGNMENT_DIM = 5;
const FIRST_PRODUCT_DIM = 6;

/** The fastest way for a problem. */
export function kindOf({ geometry, a, b }: TransportProblem): number {
  if (geometry.kind === 'matrix') return keepsSinglePrecision(geometry) ? Kind.matrix32 : Kind.matrix;
  if (typeof geometry.cost === 'object') return Kind.normRows;
  if (geometry.cost === 'euclidean') return Kind.euclideanRows;
  const { x, rows, columns } = geometry;
  if (x.dim > LARGEST_BLOCK_DIM) return Kind.squaredRows;
  if (x.dim < FIRST_ASSIGNMENT_DIM || rows * columns > MOST_PRODUCTS) return Kind.blocks;
  return x.dim >= FIRST_PRODUCT_DIM || isAssignment(a, b) ? Kind.squaredRows : Kind.blocks;
}

function isAssignment(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && [a, b].every((weights) => weights.every((weight) => weight === weights[0]));
}

/** Whether float32 holds the costs, and the price of forbidden pairs: at most 64 (rows + columns) times as large. */
function keepsSinglePrecision(geometry: MatrixGeometry): boolean {
  if (geometry.costs instanceof Float64Array) return false;
  if (!hasForbiddenPairs(geometry)) return true;
  const [low, high] = rangeOfAllowedCosts(geometry);
  return Math.max(-low, high) * 64 * (geometry.rows + geometry.columns) < 2 ** 126;
}
