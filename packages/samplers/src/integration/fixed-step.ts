/**
 * Explicit Runge–Kutta steps on a given time grid, with noise or without, and states at times between its points by cubic Hermite
 * interpolation: E. Hairer, S. P. Nørsett, G. Wanner, Solving Ordinary Differential Equations I, chapter II.6, equation (6.7). The
 * interpolant is of order 4, so a state on the way is as good as one at a step end for methods of order up to 4.
 *
 * Cost per step: one field evaluation per stage. The slope at the end of an interpolated step is the first stage of the next one,
 * so interpolation costs one more evaluation in all. Where that slope is not finite, as that of a field which is singular at the end,
 * the quadratic without it is taken, which is of order 3. Memory s + 1 batches, 2 more to interpolate, 1 more for noise.
 */
import { addStages, allocateStages, evaluateStages, stageSum, type Evaluation } from '../methods/explicit-stages.js';
import type { ButcherTableau } from '../methods/tableau.js';
import type { StateAlgebra } from '../state/state-algebra.js';
import type { FieldAccess, Keep, Stepper } from './integration.js';
import { walkNoise, type StepNoise } from './step-noise.js';

/** The steps to take, and the states to keep. */
export interface FixedSteps {
  /** The ends of all steps, the start included. */
  readonly grid: Float64Array;
  /** The times of the states to keep, the start excluded. Those that lie between points of the grid are interpolated. */
  readonly reports: Float64Array;
  /** What is added to the steps. Default: nothing. */
  readonly noise?: StepNoise;
}

/** A stepper that walks along a grid. */
export function fixedStepper<State, Register>(
  algebra: StateAlgebra<State, Register>,
  tableau: ButcherTableau,
  { grid, reports, noise }: FixedSteps,
): Stepper<Register> {
  const noiseRegister = noise && algebra.allocate();
  const addend = noise && { register: noiseRegister!, nodes: noise.nodes };
  const stages = allocateStages(algebra, tableau, addend);
  const step = stageSum(tableau.weights, stages.slopes, noiseRegister);
  const places = placesOf(reports, grid);
  const interpolant = places.some(({ theta }) => theta < 1) ? hermite(algebra, tableau, stages.slopes) : undefined;
  let k = 0;
  let numReported = 0;
  /** Whether the first slope is already the field at (x, grid[k]). */
  let hasSlope = false;

  return {
    get t() {
      return grid[k];
    },
    to: grid.at(-1)!,
    get numSteps() {
      return k;
    },
    numRejected: 0,
    registers: [
      ...stages.slopes,
      stages.argument,
      ...(noiseRegister ? [noiseRegister] : []),
      ...(interpolant?.registers ?? []),
    ],
    advance(x, access, keep, limit) {
      const isInterpolated = isReport(k, false);
      const moved =
        access.walk && !isInterpolated && !hasSlope ? walk(x, access, keep, limit) : makeStep(x, access.evaluate, keep);
      if (!moved) return 'aborted';
      // Times that differ by rounding have one step end.
      while (isReport(k - 1, true)) algebra.copy(x, keep(reports[numReported++]));
      return k === grid.length - 1 ? 'finished' : 'running';
    },
  };

  /** Whether the next state to keep lies in a step: at its end, or before it. */
  function isReport(step: number, atEnd: boolean): boolean {
    const place = places[numReported];
    return place?.step === step && (place.theta === 1) === atEnd;
  }

  /**
   * All steps up to the end of the one that ends in a state to keep, or to the start of one that passes over such a state; one
   * step where the field cannot draw the noise itself.
   */
  function walk(x: Register, access: FieldAccess<Register>, keep: Keep<Register>, limit: number): boolean {
    const place = places[numReported];
    const start = k;
    const end = Math.min(start + limit, place ? place.step + Math.floor(place.theta) : grid.length - 1);
    const drawn = noise && walkNoise(noise, start, end);
    if (noise && !drawn) return makeStep(x, access.evaluate, keep);
    const times = grid.subarray(start, end + 1);
    const moved = access.walk!(x, { tableau, times, ...(drawn && { noise: drawn }) });
    if (moved) k = end;
    return moved;
  }

  function makeStep(x: Register, evaluate: Evaluation<Register>, keep: Keep<Register>): boolean {
    const h = grid[k + 1] - grid[k];
    if (noise) algebra.normal(noise.stream(k), noise.spreads[k], noiseRegister!);
    if (!evaluateStages(algebra, stages, x, grid[k], h, hasSlope ? 1 : 0, evaluate)) return false;
    if (isReport(k, false)) {
      const { next, endSlope, place } = interpolant!;
      addStages(algebra, next, x, h, step);
      if (!evaluate(next, grid[k + 1], endSlope)) return false;
      const hasEndSlope = algebra.isFinite(endSlope);
      for (; isReport(k, false); numReported++) {
        place(x, h, places[numReported].theta, hasEndSlope, keep(reports[numReported]));
      }
      algebra.copy(next, x);
      algebra.copy(endSlope, stages.slopes[0]);
      hasSlope = true;
    } else {
      addStages(algebra, x, x, h, step);
      hasSlope = false;
    }
    k++;
    return true;
  }
}

/** The step that reaches each time, and the fraction of it at which it does; 1 also for a time that misses the end by rounding. */
function placesOf(times: Float64Array, grid: Float64Array): { readonly step: number; readonly theta: number }[] {
  const [from, to] = [grid[0], grid.at(-1)!];
  const direction = Math.sign(to - from);
  const rounding = 4 * Number.EPSILON * Math.max(Math.abs(from), Math.abs(to));
  let step = 0;
  return Array.from(times, (t) => {
    while ((t - grid[step + 1]) * direction > rounding) step++;
    // Steps may be shorter than the rounding: a time that is on the grid is at its own point.
    let same = step;
    while ((t - grid[same + 1]) * direction > 0) same++;
    if (t === grid[same + 1]) step = same;
    const isEnd = Math.abs(t - grid[step + 1]) <= rounding;
    return { step, theta: isEnd ? 1 : (t - grid[step]) / (grid[step + 1] - grid[step]) };
  });
}

/** The cubic that has the states and the slopes of both ends of a step, or the quadratic without the slope at its end. */
function hermite<State, Register>(
  algebra: StateAlgebra<State, Register>,
  { weights }: ButcherTableau,
  slopes: readonly Register[],
) {
  const [next, endSlope] = [algebra.allocate(), algebra.allocate()];
  const terms = [...slopes, endSlope];
  const coefficients = new Float64Array(terms.length);
  return {
    next,
    endSlope,
    registers: [next, endSlope],
    /** out ← the state at the fraction θ of the step of h that begins in x; the slope at its end is left out where it is not finite. */
    place(x: Register, h: number, theta: number, hasEndSlope: boolean, out: Register): void {
      const rest = 1 - theta;
      const increment = hasEndSlope ? h * theta * theta * (1 + 2 * rest) : h * theta * theta;
      for (let i = 0; i < weights.length; i++) coefficients[i] = increment * weights[i];
      coefficients[0] += hasEndSlope ? h * theta * rest * rest : h * theta * rest;
      coefficients[weights.length] = -h * theta * theta * rest;
      if (hasEndSlope) algebra.combine(out, x, coefficients, terms);
      else algebra.combine(out, x, coefficients.subarray(0, weights.length), slopes);
    },
  };
}
