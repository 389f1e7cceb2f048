/** Markov chains on finitely many states, and mixtures of their bridges: row-major matrices of shape [states, states]. */
import { exp, log } from '@brenier/elementary';
import {
  checkFiniteArray,
  checkLength,
  checkNumericArray,
  checkOptions,
  checkWeights,
  describeValue,
  type NumericArray,
} from '@brenier/errors';
import { spectralFunction } from '@brenier/ot-core';
import { apply, product, transpose } from '../gaussian/square-matrix.js';

/** A reference chain and the laws that its bridge has to have at both ends. */
export interface FiniteChainInput {
  /** One matrix of transition probabilities per step, all positive, shape [states, states] each; rows are normalised. */
  readonly kernels: readonly NumericArray[];
  /** Masses at the start, shape [states]; normalised. */
  readonly source: NumericArray;
  /** Masses at the end, shape [states]; normalised. */
  readonly target: NumericArray;
}

/** A checked chain with the products that its bridges need. */
export interface FiniteChain {
  readonly states: number;
  readonly kernels: readonly Float64Array[];
  readonly source: Float64Array;
  readonly target: Float64Array;
  /** Kernels of the first k steps together, k = 0, …, steps. */
  readonly fromStart: readonly Float64Array[];
  /** Kernels of the last steps, from step k on, k = 0, …, steps. */
  readonly toEnd: readonly Float64Array[];
}

/** Reads a chain. */
export function readChain(chain: FiniteChainInput): FiniteChain {
  const given = checkOptions('chain', chain, ['kernels', 'source', 'target']);
  const source = normalised(checkWeights('source', checkNumericArray('source', given.source)));
  const states = source.length;
  const target = normalised(
    checkWeights('target', checkLength('target', checkNumericArray('target', given.target), states)),
  );
  if (!Array.isArray(given.kernels) || given.kernels.length === 0) {
    throw new TypeError(`"kernels" expected at least one matrix, got ${describeValue(given.kernels)}`);
  }
  const kernels = given.kernels.map((kernel: NumericArray, k: number) => readKernel(`kernels[${k}]`, kernel, states));
  const unit = new Float64Array(states * states);
  for (let i = 0; i < states; i++) unit[i * states + i] = 1;
  const fromStart: Float64Array[] = [unit];
  for (const kernel of kernels) fromStart.push(product(fromStart[fromStart.length - 1], kernel, states));
  const toEnd: Float64Array[] = [unit];
  for (const kernel of kernels.slice().reverse()) toEnd.unshift(product(kernel, toEnd[0], states));
  return { states, kernels, source, target, fromStart, toEnd };
}

function readKernel(name: string, input: NumericArray, states: number): Float64Array {
  const kernel = Float64Array.from(
    checkFiniteArray(name, checkLength(name, checkNumericArray(name, input), states ** 2)),
  );
  for (let i = 0; i < states; i++) {
    const row = kernel.subarray(i * states, (i + 1) * states);
    row.forEach((each, j) => {
      if (!(each > 0)) throw new RangeError(`"${name}[${i * states + j}]" expected a probability > 0, got ${each}`);
    });
    row.set(normalised(checkWeights(`${name}, row ${i}`, row)));
  }
  return kernel;
}

function normalised(masses: ArrayLike<number>): Float64Array {
  const out = Float64Array.from(masses);
  const total = out.reduce((sum, each) => sum + each, 0);
  return out.map((each) => each / total);
}

/**
 * The Markov chain that is nearest to the mixture of the reference's bridges over a coupling: its transitions are
 * Q_k(i,j)·Σ_ab F(a,i) (π/R)(a,b) B(j,b), normalised by row; a state that is never met keeps the reference's. O(steps · states³).
 */
export function markovProjection(chain: FiniteChain, coupling: Float64Array): Float64Array[] {
  const { states, kernels, fromStart, toEnd } = chain;
  const ratio = coupling.map((each, i) => each / toEnd[0][i]);
  return kernels.map((kernel, k) => {
    const past = product(transpose(fromStart[k], states), ratio, states);
    const joint = product(past, toEnd[k + 1], states, true).map((each, i) => each * kernel[i]);
    for (let i = 0; i < states; i++) {
      const row = joint.subarray(i * states, (i + 1) * states);
      const mass = row.reduce((sum, each) => sum + each, 0);
      row.set(mass > 0 ? row.map((each) => each / mass) : kernel.subarray(i * states, (i + 1) * states));
    }
    return joint;
  });
}

/**
 * The coupling whose plan is u(i) R(i,j) v(j), with both marginals to 1e-14: the Schrödinger bridge. By Sinkhorn's sweeps, and where the reference
 * mixes too slowly for them, on by Newton's method at O(states³) a step.
 *
 * @throws RangeError where that does not get there either
 */
export function bridgeCoupling({ states, source, target, toEnd }: FiniteChain): Float64Array {
  let plan = scaleRows(toEnd[0], source, states);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    const next = scaleRows(transpose(scaleRows(transpose(plan, states), target, states), states), source, states);
    const change = next.reduce((most, each, i) => Math.max(most, Math.abs(each - plan[i])), 0);
    plan = next;
    if (change < 1e-17) break;
  }
  let missing = missingColumns(plan, target);
  for (let step = 0; step < MOST_NEWTON_STEPS && !isClosed(missing); step++) {
    plan = newtonStep(plan, source, missing);
    missing = missingColumns(plan, target);
  }
  if (isClosed(missing)) return plan;
  const worst = missing.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  throw new RangeError(
    `"chain" expected kernels that lead from source to target, got a bridge whose end is off by ${worst}`,
  );
}

const MOST_SWEEPS = 10_000;
const MOST_NEWTON_STEPS = 100;

/** Rows are exact after a sweep. Where columns are off, so is the plan, and by far more where the reference hardly mixes. */
function isClosed(missing: Float64Array): boolean {
  return missing.every((each) => Math.abs(each) <= 1e-14);
}

/** The target less the column sums. */
function missingColumns(plan: Float64Array, target: Float64Array): Float64Array {
  const missing = target.slice();
  plan.forEach((each, at) => (missing[at % target.length] -= each));
  return missing;
}

/** Columns times e^δ and rows rescaled, where (diag(PᵀI) − Pᵀ diag(PI)⁻¹P) δ is what the columns miss; no factor above e². */
function newtonStep(plan: Float64Array, source: Float64Array, missing: Float64Array): Float64Array {
  const states = source.length;
  const shares = plan.map((each, at) => (each === 0 ? 0 : each / source[Math.floor(at / states)]));
  const response = product(transpose(plan, states), shares, states).map((each) => -each);
  plan.forEach((each, at) => (response[(at % states) * (states + 1)] += each));
  // One eigenvalue is 0: potentials are given up to a constant.
  const inverse = spectralFunction(response, states, (value) => (value > 1e-16 ? 1 / value : 0));
  const step = apply(inverse, missing);
  const largest = step.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  const damping = Math.min(1, 2 / largest);
  return scaleRows(
    plan.map((each, at) => each * exp(damping * step[at % states])),
    source,
    states,
  );
}

/** The rows of a plan brought to given masses. */
export function scaleRows(plan: Float64Array, masses: Float64Array, states: number): Float64Array {
  const out = plan.slice();
  for (let i = 0; i < states; i++) {
    const row = out.subarray(i * states, (i + 1) * states);
    const mass = row.reduce((sum, each) => sum + each, 0);
    if (mass > 0) for (let j = 0; j < states; j++) row[j] *= masses[i] / mass;
  }
  return out;
}

/** KL(p ‖ q) of two laws on the same set, in nats. */
export function divergence(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  // p log(p/q) − p + q is never negative, so nothing cancels between the terms.
  for (let i = 0; i < p.length; i++) sum += p[i] === 0 ? q[i] : p[i] * log(p[i] / q[i]) - p[i] + q[i];
  return sum;
}
