/**
 * One integration under way, whatever its method: it owns the state, counts evaluations, keeps the trajectory, looks at
 * the abort signal before every evaluation, and turns failure into a status.
 */
import { checkInteger } from '@brenier/errors';
import type { FixedWalk } from '../field.js';
import type { Evaluation } from '../methods/explicit-stages.js';
import type { StateAlgebra } from '../state/state-algebra.js';
import type { Integration, IntegrationProgress, IntegrationStatus, KeptStates, WatchOptions } from './result.js';

/** Steps that a field may walk in one piece where somebody looks on. */
const LONGEST_WALK = 16;

/** A method at work: it moves the register `x` step by step. */
export interface Stepper<Register> {
  /** The time that `x` has reached. */
  readonly t: number;
  /** The time to reach. */
  readonly to: number;
  /** Steps taken. */
  readonly numSteps: number;
  /** Steps tried and thrown away. */
  readonly numRejected: number;
  /**
   * Tries one step, or makes up to `limit` in one go where the field walks. `x` changes only where steps are taken, so an abort
   * leaves the end of the last one.
   */
  advance(x: Register, access: FieldAccess<Register>, keep: Keep<Register>, limit: number): IntegrationStatus;
  /** Everything it allocated. */
  readonly registers: readonly Register[];
}

/** The ways to the field, counted and watched: each is refused, with `false`, where the caller asked to stop. */
export interface FieldAccess<Register> {
  /** See {@link Evaluation}. */
  readonly evaluate: Evaluation<Register>;
  /** Moves `x` through all steps of a walk. Absent where the field cannot. */
  readonly walk?: (x: Register, walk: FixedWalk) => boolean;
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

  const access: FieldAccess<Register> = {
    evaluate(at, t, out) {
      if (watch.signal?.aborted) return false;
      algebra.evaluate(at, t, out);
      nfe++;
      return true;
    },
    ...(algebra.walk && {
      walk(at, walk) {
        if (watch.signal?.aborted) return false;
        algebra.walk!(at, walk);
        nfe += (walk.times.length - 1) * walk.tableau.nodes.length;
        return true;
      },
    }),
  };
  const keep: Keep<Register> = (t) => {
    const register = algebra.allocate();
    times.push(t);
    kept.push(register);
    return register;
  };
  const progress = (): IntegrationProgress => {
    const { t, to, numSteps, numRejected } = stepper;
    return { t, fraction: (t - from) / (to - from), numSteps, numRejected, nfe };
  };
  const limit = watch.signal || watch.onProgress ? LONGEST_WALK : Infinity;
  const tried = (): number => stepper.numSteps + stepper.numRejected;
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
    step(count = 1) {
      const end = tried() + checkStepCount(count);
      while (status === 'running' && tried() < end) {
        status = watch.signal?.aborted ? 'aborted' : stepper.advance(x, access, keep, Math.min(limit, end - tried()));
        // x + increment is never finite again once it is not, so one look at the end sees every overflow on the way.
        if (status === 'finished' && !algebra.isFinite(x)) status = 'non-finite';
        watch.onProgress?.(progress());
      }
    },
    state: () => algebra.read(x),
    result() {
      const final = algebra.read(x);
      const trajectory: KeptStates<State> = keepStart
        ? { times: Float64Array.from(times), states: kept.map((register) => algebra.read(register)) }
        : { times: Float64Array.of(stepper.t), states: [final] };
      const { t, numSteps, numRejected } = stepper;
      return { status, t, final, ...trajectory, nfe, numSteps, numRejected };
    },
    dispose() {
      for (const register of [x, ...kept, ...stepper.registers]) algebra.free(register);
      kept.length = 0;
      if (status === 'running') status = 'aborted';
    },
  };
}

function checkStepCount(count: number): number {
  return count === Infinity ? count : checkInteger('count', count, 1);
}
