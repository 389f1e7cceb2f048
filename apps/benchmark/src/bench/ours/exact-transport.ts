/** Our exact transport: the short call, with its proof and without. */
import { costMatrix, emd, type NetworkSimplexResult } from '@brenier/ot-core';
import { unpackArray, type PackedArray } from '../contender/packed-array.js';
import { CERTIFIED, UNCERTIFIED } from '../exact/exact-groups.js';
import type { ExactWork } from '../contender/work.js';
import type { PreparedWork } from './prepared-work.js';
import { processMemory } from './process-memory.js';

/** Prepares one problem. Everything from the user's arrays on is done in every run: checks, geometry, solution, proof. */
export function prepareExact(work: ExactWork): PreparedWork {
  const { dim, count } = work;
  const [x, y] = [work.x, work.y].map((packed) => Float64Array.from(unpackArray(packed)));
  const weights = work.masses === undefined ? {} : { a: normalised(work.masses.a), b: normalised(work.masses.b) };
  const costs = work.given === 'matrix' ? squaredDistances(x, y, count, dim) : undefined;
  const shape = { rows: count, columns: count };
  const certified = (): NetworkSimplexResult =>
    costs === undefined ? emd(x, y, { dim, ...weights }) : emd(costMatrix(costs, shape), weights);
  const uncertified = () =>
    costs === undefined
      ? emd(x, y, { dim, ...weights, certify: false })
      : emd(costMatrix(costs, shape), { ...weights, certify: false });
  const memoryBefore = processMemory().now;
  // A work that is timed once is asked for the answer of that one time.
  let last: NetworkSimplexResult | undefined;
  return {
    engine: 'emd',
    variants: [
      { name: 'emd', group: CERTIFIED, threads: 1 },
      { name: 'emd, certify: false', group: UNCERTIFIED, threads: 1 },
    ],
    answer({ group }) {
      if (group === UNCERTIFIED) return { cost: uncertified().cost };
      const { status, cost, certificate, iterations } = (last ??= certified());
      if (status !== 'optimal') throw new Error(`the solver ended with status "${status}"`);
      const { gap, worstViolation, largestCost, marginalError, smallestMass } = certificate;
      const proof = { gap, worstViolation, largestCost, marginalError, smallestMass };
      return { cost, ...proof, pivots: iterations, memoryBefore, memoryPeak: processMemory().peak };
    },
    run(units, { group }) {
      for (let k = 0; k < units; k++) {
        if (group === UNCERTIFIED) uncertified();
        else last = certified();
      }
    },
  };
}

function normalised(packed: PackedArray): Float64Array {
  const masses = Float64Array.from(unpackArray(packed));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return masses.map((mass) => mass / total);
}

/** All costs from coordinate differences, as the rivals compute theirs. */
function squaredDistances(x: Float64Array, y: Float64Array, count: number, dim: number): Float64Array {
  const costs = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      let square = 0;
      for (let k = 0; k < dim; k++) square += (x[i * dim + k] - y[j * dim + k]) ** 2;
      costs[i * count + j] = square;
    }
  }
  return costs;
}
