// Whether an answer to a generated problem is right, from nothing but its numbers and an independent solver.
import { costsOf, scaleOf } from '../transport/known-transport-problem.js';
import { solveTransportReference } from '../transport/transport-reference.js';
import type { GeneratedProblem } from './generated-problem.js';

/** What a solver says of a problem: a plan as a list of entries, potentials and certificate; or why it refused it. */
export type GivenAnswer =
  | { readonly refusal: string }
  | {
      readonly cost: number;
      readonly rowIndex: ArrayLike<number>;
      readonly columnIndex: ArrayLike<number>;
      readonly mass: ArrayLike<number>;
      readonly f: Float64Array;
      readonly g: Float64Array;
      readonly certificate: { readonly gap: number; readonly worstViolation: number; readonly marginalError: number };
    };

/** How far an answer is from the right one, and what is wrong with it. */
export interface Judgement {
  /** Whether the allowed pairs cannot carry the masses, and the solver had to say so. */
  readonly isInfeasible: boolean;
  /** |cost − least cost| over largest cost times mass. */
  readonly costError: number;
  /** Worst violation f_i + g_j − c_ij over the largest cost, at least 0. */
  readonly violation: number;
  /** |gap| over largest cost times mass. */
  readonly gap: number;
  /** Worst error of a marginal over the mass. */
  readonly marginalError: number;
  /** What is wrong, in words; empty where nothing is. */
  readonly complaints: readonly string[];
}

/**
 * Two optimal answers differ by the tolerance of the dual, 2⁻⁴⁶ of the largest cost or of the price of forbidden pairs,
 * and by roundings; the marginals by the rounding of the masses to 2⁻⁶⁰ of their sum and of two sums.
 */
const TOLERANCE = 1e-12;
const MARGINAL_TOLERANCE = 1e-14;
/** The two sides of a problem differ by rounding, or by a good part of one mass. */
const LARGEST_DUST = 1e-10;

/** Compares an answer with the reference solver's. */
export function judgeAnswer({ geometry, a, b }: GeneratedProblem, answer: GivenAnswer): Judgement {
  const costs = costsOf(geometry);
  const mass = a.reduce((sum, each) => sum + each, 0);
  const reference = solveTransportReference(costs, a, b);
  const isInfeasible = reference.missing > LARGEST_DUST * mass;
  if ('refusal' in answer) {
    const complaints = isInfeasible ? [] : [`refused: ${answer.refusal}`];
    return { isInfeasible, costError: 0, violation: 0, gap: 0, marginalError: 0, complaints };
  }
  const scale = scaleOf(geometry, a) || mass;
  const { certificate } = answer;
  const measures = {
    costError: Math.abs(answer.cost - reference.cost) / scale,
    violation: Math.max(0, certificate.worstViolation, worstViolation(costs, answer.f, answer.g)) / (scale / mass),
    gap: Math.abs(certificate.gap) / scale,
    marginalError: Math.max(certificate.marginalError, marginalError(a, b, answer)) / mass,
  };
  const complaints = isInfeasible ? ['solved, though the allowed pairs cannot carry the masses'] : [];
  for (const name of ['costError', 'violation', 'gap'] as const) {
    if (!(measures[name] <= TOLERANCE)) complaints.push(`${name} ${measures[name]}`);
  }
  if (!(measures.marginalError <= MARGINAL_TOLERANCE)) complaints.push(`marginalError ${measures.marginalError}`);
  for (let e = 0; e < answer.mass.length; e++) {
    if (!(answer.mass[e] > 0)) complaints.push(`an entry of mass ${answer.mass[e]}`);
    const at = answer.rowIndex[e] * b.length + answer.columnIndex[e];
    if (costs[at] === Infinity) complaints.push(`mass on the forbidden pair ${answer.rowIndex[e]}, ${at % b.length}`);
  }
  return { isInfeasible, ...measures, complaints };
}

function worstViolation(costs: Float64Array, f: Float64Array, g: Float64Array): number {
  let worst = -Infinity;
  costs.forEach((cost, at) => {
    const violation = f[Math.floor(at / g.length)] + g[at % g.length] - cost;
    if (!(violation <= worst)) worst = violation; // lets NaN through
  });
  return worst;
}

function marginalError(
  a: Float64Array,
  b: Float64Array,
  { rowIndex, columnIndex, mass }: Extract<GivenAnswer, { mass: unknown }>,
): number {
  const row = a.slice();
  const column = b.slice();
  for (let e = 0; e < mass.length; e++) {
    row[rowIndex[e]] -= mass[e];
    column[columnIndex[e]] -= mass[e];
  }
  return [...row, ...column].reduce((worst, each) => Math.max(worst, Math.abs(each)), 0);
}
