/**
 * The stages of one explicit Runge–Kutta step, for any tableau and any state algebra: equation (1.8) of Hairer, Nørsett
 * and Wanner, Solving Ordinary Differential Equations I, chapter II.1. Zero coefficients cost nothing.
 */
import type { StateAlgebra } from '../state/state-algebra.js';
import type { ButcherTableau } from './tableau.js';

/**
 * Evaluates the field at one stage and counts it; false where the caller asked to stop, and then `out` is unspecified.
 */
export type Evaluation<Register> = (x: Register, t: number, out: Register) => boolean;

/** A vector that is added to sums of stages: the noise of the step. */
export interface Addend<Register> {
  readonly register: Register;
  /** Its weight in the argument of each stage. */
  readonly nodes: readonly number[];
}

/** A weighted sum of stages, with room for its weights times h; an addend comes last, and its weight is not multiplied by h. */
export interface StageSum<Register> {
  readonly weights: readonly number[];
  readonly terms: readonly Register[];
  readonly numSlopes: number;
  readonly scaled: Float64Array;
}

/** One register per stage and the sums that the tableau asks for. */
export interface ExplicitStages<Register> {
  readonly slopes: readonly Register[];
  /** The field's argument at the present stage. */
  readonly argument: Register;
  readonly nodes: readonly number[];
  readonly sums: readonly StageSum<Register>[];
}

/** Registers for the stages of a tableau: s + 1 of them. */
export function allocateStages<State, Register>(
  algebra: StateAlgebra<State, Register>,
  tableau: ButcherTableau,
  addend?: Addend<Register>,
): ExplicitStages<Register> {
  const slopes = tableau.nodes.map(() => algebra.allocate());
  return {
    slopes,
    argument: algebra.allocate(),
    nodes: tableau.nodes,
    sums: tableau.stages.map((row, i) => stageSum(row, slopes, addend?.register, addend?.nodes[i])),
  };
}

/** The sum Σ weights[i]·slopes[i] and perhaps an addend, without its zeros. */
export function stageSum<Register>(
  weights: readonly number[],
  slopes: readonly Register[],
  addend?: Register,
  addendWeight = 1,
): StageSum<Register> {
  const kept = weights.map((_, i) => i).filter((i) => weights[i] !== 0);
  const hasAddend = addend !== undefined && addendWeight !== 0;
  return {
    weights: [...kept.map((i) => weights[i]), ...(hasAddend ? [addendWeight] : [])],
    terms: [...kept.map((i) => slopes[i]), ...(hasAddend ? [addend] : [])],
    numSlopes: kept.length,
    scaled: new Float64Array(kept.length + (hasAddend ? 1 : 0)),
  };
}

/** out ← x + h·sum. */
export function addStages<State, Register>(
  algebra: StateAlgebra<State, Register>,
  out: Register,
  x: Register,
  h: number,
  { weights, terms, numSlopes, scaled }: StageSum<Register>,
): void {
  for (let i = 0; i < scaled.length; i++) scaled[i] = i < numSlopes ? h * weights[i] : weights[i];
  algebra.combine(out, x, scaled, terms);
}

/** Fills the slopes from stage `first` on for a step of h from (x, t); false where an evaluation was refused. */
export function evaluateStages<State, Register>(
  algebra: StateAlgebra<State, Register>,
  stages: ExplicitStages<Register>,
  x: Register,
  t: number,
  h: number,
  first: number,
  evaluate: Evaluation<Register>,
): boolean {
  for (let i = first; i < stages.slopes.length; i++) {
    const sum = stages.sums[i];
    if (sum.terms.length > 0) addStages(algebra, stages.argument, x, h, sum);
    if (!evaluate(sum.terms.length > 0 ? stages.argument : x, t + stages.nodes[i] * h, stages.slopes[i])) return false;
  }
  return true;
}
