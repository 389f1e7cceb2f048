// The one loop of every iterative method: stopping rules, progress events, abort, and room for the event loop to
// breathe.
import { checkFunction, describeValue } from '@brenier/errors';
import { createPause } from '@brenier/event-loop';
import type { IterativeSolver, SolveStatus } from './solver.js';
import { checkRunOptions, type RunOptions } from './run-options.js';

/** Work between two turns of the event loop, in milliseconds: under one frame, far above the cost of a turn. */
const SLICE = 10;

/**
 * Runs a solver to its end without blocking: the event loop gets a turn at least every 10 ms or after one step, if
 * longer.
 *
 * An abort, a time limit or a step limit is no exception: the promise resolves with the best feasible answer so far and
 * the status `'aborted'`, `'time-limit'` or `'max-iterations'`. See {@link orThrow} for an exception instead. The
 * solver's `dispose` is called exactly once, even where a callback throws.
 *
 * @typeParam Problem - what is asked
 * @typeParam State - what the method keeps between steps
 * @typeParam Progress - what it reports
 * @typeParam Result - the answer
 * @param solver - the method, for example `networkSimplex()`
 * @param problem - what to solve, for example from {@link createTransportProblem}
 * @param options - limits, progress and abort
 * @returns the answer; plain data
 * @throws (rejects) TypeError or RangeError for options of the wrong kind or value, and whatever `onProgress` throws
 *
 * @example
 * Solve with a time limit of one second.
 * ```ts
 * import { createTransportProblem, networkSimplex, pointClouds, run } from '@brenier/ot-core';
 *
 * const problem = createTransportProblem(pointClouds([[0], [1]], [[1], [2]]));
 * const result = await run(networkSimplex(), problem, { timeLimit: 1000 });
 * result.status; // => 'optimal'
 * ```
 */
export async function run<Problem, State, Progress, Result>(
  solver: IterativeSolver<Problem, State, Progress, Result>,
  problem: Problem,
  options?: RunOptions<Progress>,
): Promise<Result> {
  const work = drive(solver, problem, checkRunOptions(options));
  const pause = createPause();
  try {
    for (;;) {
      const turn = work.next();
      if (turn.done) return turn.value;
      await pause.turn();
    }
  } finally {
    pause.close();
  }
}

/**
 * Runs a solver to its end at once, blocking; the limits, progress events and statuses are those of {@link run}.
 *
 * An `AbortSignal` can only be raised here by `onProgress` itself, since nothing else runs meanwhile.
 *
 * @typeParam Problem - what is asked
 * @typeParam State - what the method keeps between steps
 * @typeParam Progress - what it reports
 * @typeParam Result - the answer
 * @param solver - the method
 * @param problem - what to solve
 * @param options - limits, progress and abort
 * @returns the answer; plain data
 * @throws TypeError or RangeError for options of the wrong kind or value, and whatever `onProgress` throws
 *
 * @example
 * A matrix of two by two, solved at once.
 * ```ts
 * import { costMatrix, createTransportProblem, networkSimplex, runSync } from '@brenier/ot-core';
 *
 * const problem = createTransportProblem(costMatrix([[1, 2], [4, 3]]));
 * runSync(networkSimplex(), problem).cost; // => 2
 * ```
 */
export function runSync<Problem, State, Progress, Result>(
  solver: IterativeSolver<Problem, State, Progress, Result>,
  problem: Problem,
  options?: RunOptions<Progress>,
): Result {
  const work = drive(solver, problem, checkRunOptions(options));
  for (;;) {
    const turn = work.next();
    if (turn.done) return turn.value;
  }
}

/** The loop itself; yields whenever a slice of time is used up. */
function* drive<Problem, State, Progress, Result>(
  solver: IterativeSolver<Problem, State, Progress, Result>,
  problem: Problem,
  options: RunOptions<Progress>,
): Generator<void, Result> {
  checkSolver(solver);
  const { onProgress, progressInterval = 100 } = options;
  const start = performance.now();
  const state = solver.init(problem);
  let steps = 0;
  let sliceStart = start;
  let lastEvent = start;
  let lastEventSteps = -1;
  const report = (now: number): void => {
    lastEvent = now;
    lastEventSteps = steps;
    onProgress?.({ progress: solver.progress(state), steps, elapsed: now - start });
  };
  try {
    for (;;) {
      const now = performance.now();
      const ownStatus = solver.status(state);
      if (ownStatus === 'running' && now - lastEvent >= progressInterval) report(now);
      const status = ownStatus === 'running' ? limitReached(options, steps, now - start) : ownStatus;
      if (status !== 'running') {
        if (lastEventSteps < steps) report(now); // the last event always shows where it ended
        return solver.result(state, status);
      }
      if (now - sliceStart >= SLICE) {
        yield;
        sliceStart = performance.now();
        continue; // a limit may have been reached meanwhile
      }
      solver.step(state);
      steps++;
    }
  } finally {
    solver.dispose(state);
  }
}

const PARTS = ['init', 'step', 'status', 'progress', 'result', 'dispose'] as const;

function checkSolver(solver: Partial<Record<(typeof PARTS)[number], unknown>>): void {
  if (typeof solver !== 'object' || solver === null) {
    throw new TypeError(`"solver" expected a solver such as networkSimplex(), got ${describeValue(solver)}`);
  }
  for (const part of PARTS) checkFunction(`solver.${part}`, solver[part] as () => unknown);
}

function limitReached(
  options: Pick<RunOptions<unknown>, 'signal' | 'timeLimit' | 'maxSteps'>,
  steps: number,
  elapsed: number,
): 'running' | SolveStatus {
  const { signal, timeLimit = Infinity, maxSteps = Infinity } = options;
  if (signal?.aborted) return 'aborted';
  if (elapsed >= timeLimit) return 'time-limit';
  return steps >= maxSteps ? 'max-iterations' : 'running';
}
