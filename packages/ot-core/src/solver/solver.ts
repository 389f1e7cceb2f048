/**
 * How a solve ended. `'optimal'`: proved; `'converged'`: within the tolerance asked for; the rest: the best answer so
 * far.
 */
export type SolveStatus = 'optimal' | 'converged' | 'max-iterations' | 'time-limit' | 'aborted' | 'infeasible';

/**
 * An iterative method, as pure parts: `run` owns the loop, the stopping, the progress and the abort.
 *
 * @typeParam Problem - what is asked
 * @typeParam State - what the next step needs
 * @typeParam Progress - what a human wants to see, plain data
 * @typeParam Result - the answer, plain data
 */
export interface IterativeSolver<Problem, State, Progress, Result> {
  /** The state before the first step. */
  init(problem: Problem): State;
  /** One bounded piece of work (aim at 10 ms or less); changes `state` in place. */
  step(state: State): void;
  /** `'running'` until the method itself is done. */
  status(state: State): 'running' | SolveStatus;
  /** Where it stands, for progress events. */
  progress(state: State): Progress;
  /** The best feasible answer at this point, with its certificate; callable after `init` and after any step. */
  result(state: State, status: SolveStatus): Result;
  /** Frees what the state holds outside the garbage collector's reach (a leased wasm memory). Called once. */
  dispose(state: State): void;
}
