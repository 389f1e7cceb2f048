/**
 * Iterative proportional fitting on finitely many states, exactly: W. E. Deming, F. F. Stephan, Ann. Math. Statist. 11 (1940), R. Sinkhorn,
 * Amer. Math. Monthly 74 (1967); for bridges R. Fortet (1940), V. De Bortoli et al., NeurIPS 2021. It starts at the reference itself, and each
 * half-step gives it the right law at one end, the paths given that end being kept: matrix scaling of the law of both ends. Cost O(states²) a
 * half-step.
 */
import { checkInteger, checkOptions } from '@brenier/errors';
import { bridgeCoupling, divergence, type FiniteChainInput, readChain, scaleRows } from './discrete/finite-chain.js';
import { transpose } from './gaussian/square-matrix.js';

/** Options of {@link discreteIpf}. */
export interface DiscreteIpfOptions {
  /** Half-steps, at least 1. Default 20. */
  readonly numHalfSteps?: number;
}

/** One iterate: a mixture of the reference's bridges, given by the coupling of its ends. */
export interface DiscreteIpfIterate {
  /** Masses of the pairs of ends, row-major, shape [states, states]. */
  readonly coupling: Float64Array;
  /** KL(iterate ‖ Schrödinger bridge), in nats. */
  readonly kl: number;
  /** KL(Schrödinger bridge ‖ iterate), which falls at every half-step by what the marginal was off. */
  readonly reverseKl: number;
}

/**
 * The iterates of iterative proportional fitting of a chain.
 *
 * @param chain - the reference, and the laws at both ends
 * @param options - half-steps
 * @returns the reference started from the source, and the iterates, `numHalfSteps + 1` in all; the target is fitted first
 * @throws TypeError or RangeError where shapes do not fit, a transition is not positive, masses are negative or all 0,
 *   or an option is unknown; RangeError where transitions are so small that the bridge is lost in rounding
 *
 * @example
 * Two states: each half-step comes nearer to the bridge.
 * ```ts
 * import { discreteIpf } from '@brenier/bridges';
 *
 * const chain = { kernels: [[0.8, 0.2, 0.3, 0.7]], source: [0.5, 0.5], target: [0.4, 0.6] };
 * const iterates = discreteIpf(chain, { numHalfSteps: 4 });
 * iterates.every(({ reverseKl }, k) => k === 0 || reverseKl < iterates[k - 1].reverseKl); // => true
 * ```
 */
export function discreteIpf(chain: FiniteChainInput, options?: DiscreteIpfOptions): DiscreteIpfIterate[] {
  const { numHalfSteps = 20 } = checkOptions('options', options, ['numHalfSteps']);
  checkInteger('numHalfSteps', numHalfSteps, 1);
  const reference = readChain(chain);
  const { states, source, target, toEnd } = reference;
  const bridge = bridgeCoupling(reference);
  const iterateOf = (coupling: Float64Array): DiscreteIpfIterate => ({
    coupling,
    kl: divergence(coupling, bridge),
    reverseKl: divergence(bridge, coupling),
  });
  let coupling = scaleRows(toEnd[0], source, states);
  const iterates = [iterateOf(coupling)];
  for (let k = 1; k <= numHalfSteps; k++) {
    coupling =
      k % 2 === 0
        ? scaleRows(coupling, source, states)
        : transpose(scaleRows(transpose(coupling, states), target, states), states);
    iterates.push(iterateOf(coupling));
  }
  return iterates;
}
