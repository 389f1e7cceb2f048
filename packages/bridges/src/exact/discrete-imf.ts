/**
 * Iterative Markovian fitting on finitely many states, exactly: the discrete-time method of N. Gushchin, D. Selikhanovych, S. Kholkin, E.
 * Burnaev, A. Korotin, Adversarial Schrödinger bridge matching, NeurIPS 2024, and the recursion behind Y. Shi et al., NeurIPS 2023. The
 * Markovian projection keeps the laws of neighbouring times, the reciprocal one the law of both ends. Both are projections in
 * Kullback–Leibler divergence, so by Pythagoras the divergence to the bridge falls by what each cuts off. Cost
 * O(steps · states³) an iteration. With one step it goes nowhere, for every coupling is Markov then.
 */
import { checkFiniteArray, checkInteger, checkLength, checkNumericArray, checkOptions } from '@brenier/errors';
import type { NumericArray } from '@brenier/errors';
import {
  bridgeCoupling,
  divergence,
  type FiniteChain,
  type FiniteChainInput,
  markovProjection,
  readChain,
} from './discrete/finite-chain.js';
import { product } from './gaussian/square-matrix.js';

/** Options of {@link discreteImf}. */
export interface DiscreteImfOptions {
  /** Iterations, at least 1. Default 10. */
  readonly numIterations?: number;
  /** The coupling to start from, shape [states, states], with the ends of the chain as marginals. Default: independent ends. */
  readonly coupling?: NumericArray;
}

/** One iterate: a mixture of the reference's bridges, given by the coupling of its ends. */
export interface DiscreteImfIterate {
  /** Masses of the pairs of ends, row-major, shape [states, states]. */
  readonly coupling: Float64Array;
  /** KL(iterate ‖ Schrödinger bridge), as laws of whole paths, in nats. */
  readonly kl: number;
  /** KL(Schrödinger bridge ‖ iterate). */
  readonly reverseKl: number;
  /** KL(Markovian projection of the iterate ‖ Schrödinger bridge). */
  readonly markovKl: number;
}

/**
 * The iterates of iterative Markovian fitting of a chain.
 *
 * @param chain - the reference, and the laws at both ends
 * @param options - iterations and start
 * @returns the start and the iterates, `numIterations + 1` in all
 * @throws TypeError or RangeError where shapes do not fit, a transition is not positive, masses are negative or all 0,
 *   the coupling has other marginals (to 1e-9), or an option is unknown; RangeError where transitions are so small that
 *   the bridge is lost in rounding
 *
 * @example
 * Two states and two steps: the ends stay what they are, and the divergence falls.
 * ```ts
 * import { discreteImf } from '@brenier/bridges';
 *
 * const kernel = [0.8, 0.2, 0.3, 0.7];
 * const chain = { kernels: [kernel, kernel], source: [0.5, 0.5], target: [0.4, 0.6] };
 * const kls = discreteImf(chain, { numIterations: 3 }).map(({ kl }) => kl);
 * kls.every((kl, k) => k === 0 || kl < kls[k - 1]); // => true
 * ```
 */
export function discreteImf(chain: FiniteChainInput, options?: DiscreteImfOptions): DiscreteImfIterate[] {
  const { numIterations = 10, coupling } = checkOptions('options', options, ['numIterations', 'coupling']);
  checkInteger('numIterations', numIterations, 1);
  const reference = readChain(chain);
  const bridge = bridgeCoupling(reference);
  let current = coupling === undefined ? independent(reference) : readCoupling(coupling, reference);
  const iterates: DiscreteImfIterate[] = [];
  for (let k = 0; k <= numIterations; k++) {
    const kernels = markovProjection(reference, current);
    iterates.push({
      coupling: current,
      kl: divergence(current, bridge),
      reverseKl: divergence(bridge, current),
      markovKl: chainDivergence(reference, kernels, markovProjection(reference, bridge)),
    });
    current = endsOf(reference, kernels);
  }
  return iterates;
}

function independent({ states, source, target }: FiniteChain): Float64Array {
  const plan = new Float64Array(states * states);
  for (let i = 0; i < states; i++) for (let j = 0; j < states; j++) plan[i * states + j] = source[i] * target[j];
  return plan;
}

function readCoupling(coupling: NumericArray, { states, source, target }: FiniteChain): Float64Array {
  const values = checkLength('coupling', checkNumericArray('coupling', coupling), states * states);
  const plan = Float64Array.from(checkFiniteArray('coupling', values));
  const [rows, columns] = [new Float64Array(states), new Float64Array(states)];
  plan.forEach((each, at) => {
    if (each < 0) throw new RangeError(`"coupling[${at}]" expected a mass >= 0, got ${each}`);
    rows[Math.floor(at / states)] += each;
    columns[at % states] += each;
  });
  for (let i = 0; i < states; i++) {
    if (Math.abs(rows[i] - source[i]) > 1e-9 || Math.abs(columns[i] - target[i]) > 1e-9) {
      throw new RangeError(
        `"coupling" expected marginals ${source[i]} and ${target[i]}, got ${rows[i]} and ${columns[i]}`,
      );
    }
  }
  return plan;
}

/** The coupling of the ends of a Markov chain started from the source. */
function endsOf({ states, source }: FiniteChain, kernels: readonly Float64Array[]): Float64Array {
  const whole = kernels.reduce((sofar, kernel) => product(sofar, kernel, states));
  return whole.map((each, at) => each * source[Math.floor(at / states)]);
}

/** KL of two Markov chains with the same start: the mean divergence of their transitions, step by step. */
function chainDivergence(
  { states, source }: FiniteChain,
  p: readonly Float64Array[],
  q: readonly Float64Array[],
): number {
  let law = source;
  let sum = 0;
  p.forEach((kernel, k) => {
    const next = new Float64Array(states);
    for (let i = 0; i < states; i++) {
      const row = kernel.subarray(i * states, (i + 1) * states);
      if (law[i] > 0) sum += law[i] * divergence(row, q[k].subarray(i * states, (i + 1) * states));
      for (let j = 0; j < states; j++) next[j] += law[i] * row[j];
    }
    law = next;
  });
  return sum;
}
