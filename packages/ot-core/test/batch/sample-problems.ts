// Small problems of every kind that a batch may mix, the same in each run.
import { createRng, fillNormal, fillUniform, integer } from '@brenier/random';
import { costMatrix, emd, type BatchGeometry, type BatchPoints, type NetworkSimplexResult } from '../../src/index.js';

/** Problems of 1 to 80 points: equal counts and not, weights with zeros, both costs, few and many dimensions, matrices. */
export function sampleProblems(count: number, seed = 1): (BatchPoints | BatchGeometry)[] {
  return Array.from({ length: count }, (_, k) => {
    const rng = createRng(seed).fork(k);
    const rows = integer(rng, 1, 81);
    const columns = k % 3 === 0 ? integer(rng, 1, 81) : rows;
    const weights = k % 4 === 0 ? weightsOf(rows, columns, seed + k) : {};
    if (k % 5 === 1) {
      const costs = fillUniform(rng, new Float64Array(rows * columns), { low: -1, high: 1 });
      return { geometry: costMatrix(costs, { rows, columns }), ...weights };
    }
    const dim = [1, 2, 3, 11][k % 4];
    const x = fillNormal(rng, new Float32Array(rows * dim));
    const y = fillNormal(rng, new Float32Array(columns * dim), { mean: 1 });
    return { x, y, dim, cost: k % 7 === 2 ? 'euclidean' : 'squared-euclidean', ...weights };
  });
}

/** What `emd` says about a problem of a batch. */
export function solveAlone(problem: BatchPoints | BatchGeometry): NetworkSimplexResult {
  if ('geometry' in problem) return emd(problem.geometry, { a: problem.a, b: problem.b });
  const { x, y, ...options } = problem;
  return emd(x, y, options);
}

/** Whole weights of equal totals, a third of those of the rows 0. */
function weightsOf(rows: number, columns: number, seed: number): { a: Float64Array; b: Float64Array } {
  const rng = createRng(seed);
  const a = new Float64Array(rows).map((_, i) => (i % 3 === 1 ? 0 : integer(rng, 1, 10)));
  const b = new Float64Array(columns);
  for (let left = a.reduce((sum, each) => sum + each, 0); left > 0; left--) b[integer(rng, 0, columns)] += 1;
  return { a, b };
}
