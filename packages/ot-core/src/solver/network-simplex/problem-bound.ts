import { CompensatedSum } from '../../certificate/compensated-sum.js';
import type { TransportProblem } from '../../problem/transport-problem.js';
import { largestCostBound, type Potentials, simplePotentials } from './simple-potentials.js';

/** f_i + g_j ≤ c_ij holds to this share of the largest cost. */
const FEASIBILITY = 1e-12;

/** What can be said of the least cost of a problem before any work; each figure computed when it is first asked for. */
export class ProblemBound {
  readonly #problem: TransportProblem;
  #largestCost: number | undefined;
  #simple: (Potentials & { readonly value: number }) | undefined;

  constructor(problem: TransportProblem) {
    this.#problem = problem;
  }

  /** No |c_ij| of an allowed pair is larger. */
  get largestCost(): number {
    return (this.#largestCost ??= largestCostBound(this.#problem));
  }

  /** What rounding may add to any lower bound. */
  get margin(): number {
    return FEASIBILITY * this.largestCost * this.#problem.mass;
  }

  /** Potentials that need no solver, and their value. */
  get simple(): Potentials & { readonly value: number } {
    if (!this.#simple) {
      const potentials = simplePotentials(this.#problem);
      this.#simple = { ...potentials, value: dualValue(this.#problem, potentials) };
    }
    return this.#simple;
  }
}

/** Σ a_i f_i + Σ b_j g_j. */
export function dualValue({ a, b }: TransportProblem, { f, g }: Potentials): number {
  const dual = new CompensatedSum();
  for (let i = 0; i < f.length; i++) dual.addProduct(a[i], f[i]);
  for (let j = 0; j < g.length; j++) dual.addProduct(b[j], g[j]);
  return dual.value;
}
