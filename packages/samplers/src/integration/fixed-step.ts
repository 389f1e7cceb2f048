/**
 * Explicit Runge–Kutta steps on a given time grid. Cost per step: one field evaluation per stage; memory s + 1 batches.
 */
import { addStages, allocateStages, evaluateStages, stageSum } from '../methods/explicit-stages.js';
import type { FixedStepMethod } from '../methods/tableau.js';
import type { StateAlgebra } from '../state/state-algebra.js';
import type { Stepper } from './integration.js';

/** A stepper that walks along `grid`, and keeps every state where asked. */
export function fixedStepper<State, Register>(
  algebra: StateAlgebra<State, Register>,
  method: FixedStepMethod,
  grid: Float64Array,
  keepSteps: boolean,
): Stepper<Register> {
  const stages = allocateStages(algebra, method.tableau);
  const step = stageSum(method.tableau.weights, stages.slopes);
  let k = 0;
  return {
    get t() {
      return grid[k];
    },
    to: grid.at(-1)!,
    registers: [...stages.slopes, stages.argument],
    advance(x, evaluate, keep) {
      const h = grid[k + 1] - grid[k];
      if (!evaluateStages(algebra, stages, x, grid[k], h, 0, evaluate)) return 'aborted';
      addStages(algebra, x, x, h, step);
      k++;
      if (keepSteps) algebra.copy(x, keep(grid[k]));
      return k === grid.length - 1 ? 'finished' : 'running';
    },
  };
}
