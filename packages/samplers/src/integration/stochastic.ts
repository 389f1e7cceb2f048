/**
 * Stochastic steps on a given time grid. Step k draws from `rng.fork(k)` alone, so the noise of a step does not depend
 * on how the integration is driven, interrupted or resumed, nor on what else draws from `rng`.
 */
import { checkNonNegative } from '@brenier/errors';
import type { Rng } from '@brenier/random';
import type { StochasticMethod } from '../methods/stochastic-method.js';
import type { StateAlgebra } from '../state/state-algebra.js';
import type { Stepper } from './integration.js';

/** A stepper that walks along `grid`, and keeps every state where asked. */
export function stochasticStepper<State, Register>(
  algebra: StateAlgebra<State, Register>,
  method: StochasticMethod,
  rng: Rng,
  diffusion: number | ((t: number) => number),
  grid: Float64Array,
  keepSteps: boolean,
): Stepper<Register> {
  const { step, registers } = method.createStep(algebra);
  const sigma =
    typeof diffusion === 'number' ? () => diffusion : (t: number) => checkNonNegative('diffusion(t)', diffusion(t));
  let k = 0;
  return {
    get t() {
      return grid[k];
    },
    to: grid.at(-1)!,
    registers,
    advance(x, evaluate, keep) {
      const h = grid[k + 1] - grid[k];
      if (!step(x, grid[k], h, sigma, rng.fork(k), evaluate)) return 'aborted';
      k++;
      if (keepSteps) algebra.copy(x, keep(grid[k]));
      return k === grid.length - 1 ? 'finished' : 'running';
    },
  };
}
