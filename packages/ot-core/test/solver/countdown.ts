import type { IterativeSolver, SolveStatus } from '../../src/index.js';

/** What a countdown keeps between steps. */
export interface CountdownState {
  left: number;
  disposed: number;
}

/** What a countdown answers. */
export interface CountdownResult {
  readonly status: SolveStatus;
  readonly left: number;
}

/** The simplest iterative method: counts a number down to 0, one at a step, with an optional wait in each. */
export function countdown(
  state: CountdownState,
  milliseconds = 0,
): IterativeSolver<number, CountdownState, number, CountdownResult> {
  return {
    init: (problem) => Object.assign(state, { left: problem, disposed: 0 }),
    step: (current) => {
      const end = performance.now() + milliseconds;
      while (performance.now() < end);
      current.left--;
    },
    status: ({ left }) => (left === 0 ? 'optimal' : 'running'),
    progress: ({ left }) => left,
    result: ({ left }, status) => ({ status, left }),
    dispose: (current) => {
      current.disposed++;
    },
  };
}

/** A state before its first use. */
export function fresh(): CountdownState {
  return { left: -1, disposed: 0 };
}
