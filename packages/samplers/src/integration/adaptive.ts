/**
 * Steps of an embedded Runge–Kutta pair whose last stage is the first one of the next step, with step-size control and
 * dense output. Cost per accepted step: one field evaluation per stage but one; memory s + 4 batches.
 */
import { checkWritten } from '../fields/writing-field.js';
import { addStages, allocateStages, evaluateStages, stageSum, type Evaluation } from '../methods/explicit-stages.js';
import type { AdaptiveMethod } from '../methods/tableau.js';
import type { StateAlgebra } from '../state/state-algebra.js';
import type { Keep, Stepper } from './integration.js';
import { firstStepLength, stepSizeController, trialStepLength } from './step-size.js';

/** What the caller wants kept: the states at `times` (the first one excluded), every step, or nothing. */
export type AdaptiveOutput = 'times' | 'steps' | 'nothing';

/** A stepper from `times[0]` to the last of `times`, forwards or backwards. */
export function adaptiveStepper<State, Register>(
  algebra: StateAlgebra<State, Register>,
  method: AdaptiveMethod,
  times: Float64Array,
  output: AdaptiveOutput,
): Stepper<Register> {
  const { absoluteTolerance, relativeTolerance, order, maxSteps } = method;
  const stages = allocateStages(algebra, method.tableau);
  const [firstSlope, lastSlope] = [stages.slopes[0], stages.slopes.at(-1)!];
  const [next, error, zero] = [algebra.allocate(), algebra.allocate(), algebra.allocate()];
  const step = stageSum(method.tableau.weights, stages.slopes);
  const estimate = stageSum(method.errorWeights, stages.slopes);
  const dense = new Float64Array(stages.slopes.length);
  const controller = stepSizeController(order);
  const [from, to] = [times[0], times.at(-1)!];
  const direction = Math.sign(to - from);
  const smallest = 16 * Number.EPSILON * Math.max(Math.abs(from), Math.abs(to));
  let t = from;
  let h = 0;
  let numSteps = 0;
  let numRejected = 0;
  let nextTime = 1;

  return {
    get t() {
      return t;
    },
    to,
    get numSteps() {
      return numSteps;
    },
    get numRejected() {
      return numRejected;
    },
    registers: [...stages.slopes, stages.argument, next, error, zero],
    advance(x, { evaluate }, keep) {
      if (h === 0) {
        if (!start(x, evaluate)) return 'aborted';
      }
      if (numSteps + numRejected === maxSteps) return 'max-steps';
      // Not `<=`, so that a step of NaN stops too.
      if (!(Math.abs(h) > smallest)) return 'step-size-underflow';
      // A step that would leave a crumb behind takes it along.
      const isLast = (t + 1.01 * h - to) * direction >= 0;
      if (isLast) h = to - t;
      if (!evaluateStages(algebra, stages, x, t, h, 1, evaluate)) return 'aborted';
      addStages(algebra, next, x, h, step);
      addStages(algebra, error, zero, h, estimate);
      const size = algebra.scaledNorm(error, x, next, absoluteTolerance, relativeTolerance);
      if (!(size <= 1)) {
        numRejected++;
        h *= controller.reject(size);
        return 'running';
      }
      numSteps++;
      accept(x, isLast ? to : t + h, keep);
      h *= controller.accept(size);
      return isLast ? 'finished' : 'running';
    },
  };

  /** The first slope and the first step: Hairer, Nørsett and Wanner I, chapter II.4, algorithm "starting step size". */
  function start(x: Register, evaluate: Evaluation<Register>): boolean {
    if (!evaluate(x, t, firstSlope)) return false;
    const span = Math.abs(to - from);
    h = direction * Math.min(span, method.firstStep ?? span);
    if (method.firstStep !== undefined) return true;
    const norm = (register: Register) => algebra.scaledNorm(register, x, x, absoluteTolerance, relativeTolerance);
    const slope = norm(firstSlope);
    // A field that is not finite at the start leaves no step to try.
    if (!(slope < Infinity)) {
      h = NaN;
      return true;
    }
    const trial = Math.min(span, trialStepLength(norm(x), slope));
    algebra.combine(next, x, [direction * trial], [firstSlope]);
    if (!evaluate(next, t + direction * trial, lastSlope)) return false;
    algebra.combine(error, lastSlope, [-1], [firstSlope]);
    h = direction * Math.min(span, firstStepLength(trial, slope, norm(error) / trial, order));
    return true;
  }

  function accept(x: Register, end: number, keep: Keep<Register>): void {
    if (output === 'times') {
      for (; nextTime < times.length && (times[nextTime] - end) * direction < 0; nextTime++) {
        const written: unknown = method.denseWeights((times[nextTime] - t) / h, dense);
        checkWritten('method.denseWeights(theta, out)', 'out', dense, written);
        for (let i = 0; i < dense.length; i++) dense[i] *= h;
        algebra.combine(keep(times[nextTime]), x, dense, stages.slopes);
      }
    }
    algebra.copy(next, x);
    algebra.copy(lastSlope, firstSlope);
    t = end;
    if (output === 'steps' || (output === 'times' && times[nextTime] === end)) {
      algebra.copy(x, keep(end));
      nextTime++;
    }
  }
}
