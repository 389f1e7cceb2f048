import { createTransportProblem, networkSimplex, pointClouds } from '@brenier/ot-core';

/**
 * The permutation that pairs as many ends with as many starts at the least total squared distance, without its
 * certificate, which would be a tenth of the time and is read by nobody here.
 */
export function optimalAssignment(x0: Float64Array, x1: Float64Array, dim: number): Int32Array {
  const solver = networkSimplex();
  const state = solver.init(createTransportProblem(pointClouds(x0, x1, { dim })));
  try {
    while (solver.status(state) === 'running') solver.step(state);
    const coupling = solver.coupling(state);
    if (coupling.kind === 'permutation') return coupling.columnOfRow;
    throw new Error(`"coupling" expected to pair equally many points one to one, got a ${coupling.kind} one`);
  } finally {
    solver.dispose(state);
  }
}
