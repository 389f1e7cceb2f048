// A potential to start from: that of exact transport from as many draws as one likes.
import { pointClouds } from '../../geometry/point-clouds.js';
import { createTransportProblem } from '../../problem/create-transport-problem.js';
import type { SemidiscreteProblem } from '../../problem/semidiscrete-problem.js';
import { networkSimplex } from '../network-simplex.js';

/** A discrete solve in progress. */
export interface WarmStart {
  /** One bounded piece of work; the potential once it is done. */
  advance(): Float64Array | undefined;
  /** Frees its memory. */
  dispose(): void;
}

/** Above it boxes bound costs badly, the exact solver prices every pair, and plain ascent from 0 is the better start. */
const MOST_DIMENSIONS = 8;

/** About a second of the exact solver. */
const MOST_POINTS = 20_000;

/** Draws that a warm start is worth by default: as many as targets, for then the discrete problem is an assignment. */
export function defaultWarmStart({ target }: SemidiscreteProblem): number {
  return target.dim <= MOST_DIMENSIONS && target.count <= MOST_POINTS ? target.count : 0;
}

/** Begins the exact transport of `count` draws to the target. */
export function createWarmStart({ rng, draw, target, b }: SemidiscreteProblem, count: number): WarmStart {
  const solver = networkSimplex();
  const draws = draw(rng.fork('warm start'), count);
  const state = solver.init(createTransportProblem(pointClouds(draws, target), { b }));
  return {
    advance() {
      solver.step(state);
      const status = solver.status(state);
      return status === 'running' ? undefined : solver.result(state, status).g;
    },
    dispose: () => solver.dispose(state),
  };
}
