/**
 * One integration under way, whatever its method: it owns the state, counts evaluations, keeps the trajectory, looks at
 * the abort signal before every evaluation, and turns failure into a status.
 */
import type { Evaluation } from '../methods/explicit-stages.js';
import type { StateAlgebra } from '../state/state-algebra.js';
import type { Integration, IntegrationProgress, IntegrationStatus, KeptStates, WatchOptions } from './result.js';

/** A method at work: it moves the register `x` by one step at a time. */
export interface Stepper<Register> {
  /** The time that `x` has reached. */
  readonly t: number;
  /** The time to reach. */
  readonly to: number;
  /** Tries one step. `x` changes only where the step is taken, so an abort leaves the end of the last step. */
  advance(x: Register, evaluate: Evaluation<Register>, keep: Keep<Register>): IntegrationStatus | 'rejected';
  /** Everything it allocated. */
  readonly registers: readonly Register[];
}

/** A new register of the trajectory, to be filled with the state at time t. */
export type Keep<Register> = (t: number) => Register;

/** An integration that has only to be told its state algebra. */
export interface IntegrationPlan {
  /** Whether there is a trajectory, which begins with the start; else it is the final state alone. */
  readonly keepStart: boolean;
  createStepper<State, Register>(algebra: StateAlgebra<State, Register>): Stepper<Register>;
}

/** Starts an integration of `x0`. */
export function createIntegration<State, Register>(
  algebra: StateAlgebra<State, Register>,
  x0: State,
  { keepStart, createStepper }: IntegrationPlan,
  watch: WatchOptions,
): Integration<State> {
  const stepper = createStepper(algebra);
  const x = algebra.load(x0);
  const from = stepper.t;
  const times: number[] = [];
  const kept: Register[] = [];
  let status: IntegrationStatus = 'running';
  let nfe = 0;
  let numSteps = 0;
  let numRejected = 0;

  const evaluate: Evaluation<Register> = (at, t, out) => {
    if (watch.signal?.aborted) return false;
    algebra.evaluate(at, t, out);
    nfe++;
    return true;
  };
  const keep: Keep<Register> = (t) => {
    const register = algebra.allocate();
    times.push(t);
    kept.push(register);
    return register;
  };
  const progress = (): IntegrationProgress => {
    const fraction = (stepper.t - from) / (stepper.to - from);
    return { t: stepper.t, fraction, numSteps, numRejected, nfe };
  };
  if (keepStart) algebra.copy(x, keep(from));

  return {
    get status() {
      return status;
    },
    get t() {
      return stepper.t;
    },
    get progress() {
      return progress();
    },
    step() {
      if (status !== 'running') return;
      const outcome = watch.signal?.aborted ? 'aborted' : stepper.advance(x, evaluate, keep);
      if (outcome === 'rejected') numRejected++;
      else if (outcome === 'running' || outcome === 'finished') numSteps++;
      status = outcome === 'rejected' ? 'running' : outcome;
      // x + increment is never finite again once it is not, so one look at the end sees every overflow on the way.
      if (status === 'finished' && !algebra.isFinite(x)) status = 'non-finite';
      watch.onProgress?.(progress());
    },
    state: () => algebra.read(x),
    result() {
      const final = algebra.read(x);
      const trajectory: KeptStates<State> = keepStart
        ? { times: Float64Array.from(times), states: kept.map((register) => algebra.read(register)) }
        : { times: Float64Array.of(stepper.t), states: [final] };
      return { status, t: stepper.t, final, ...trajectory, nfe, numSteps, numRejected };
    },
    dispose() {
      for (const register of [x, ...kept, ...stepper.registers]) algebra.free(register);
      kept.length = 0;
      if (status === 'running') status = 'aborted';
    },
  };
}
