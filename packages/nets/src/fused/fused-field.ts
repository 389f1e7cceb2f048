// The fused network with its parameters filled in.
import { checkFieldCall, checkJacobianCall, type ArrayField } from '../network/array-field.js';
import { conditionCount, writeCondition } from '../network/condition.js';
import { checkFieldWalk, type FieldWalk } from './field-walk.js';
import { withEvaluator, type FusedSetup } from './fused-host.js';

/** Points that go through the kernels together: their memory stays small however large the batch. */
const SLAB = 8192;

/** A velocity field that walks and differentiates itself; it holds nothing to dispose of. */
export interface FusedField extends ArrayField {
  /** See {@link ArrayField.jacobianProduct}; forward mode, about twice the cost of an evaluation. */
  jacobianProduct(x: Float64Array, t: number, u: Float64Array, out: Float64Array): void;
  /**
   * Moves the points `x`, row-major, shape [count, dim], through all steps in place, without coming back in between. The bits are
   * those of the same steps made by {@link ArrayField.evaluate}.
   */
  walk(x: Float64Array, walk: FieldWalk): void;
}

/** The velocity field of one copy of the parameters. Later changes to the array do not reach the field. */
export function fusedField(setup: FusedSetup, parameters: Float32Array, label: number): FusedField {
  const { options } = setup;
  const { dim } = options;
  const kept = parameters.slice();
  const conditionAt = (t: number) => {
    const condition = new Float32Array(conditionCount(options));
    writeCondition(options, t, label, condition, 0);
    return condition;
  };
  return {
    dim,
    evaluate(x, t, out) {
      if (checkFieldCall(dim, x, t, out) === 0) return;
      withEvaluator(setup, kept, (evaluator) => {
        const extra = conditionAt(t);
        forEachRange(x.length, dim * SLAB, (from, to) => {
          evaluator.forward(x.subarray(from, to), extra, out.subarray(from, to));
        });
      });
    },
    jacobianProduct(x, t, u, out) {
      if (checkJacobianCall(dim, x, t, u, out) === 0) return;
      withEvaluator(setup, kept, (evaluator) => {
        const extra = conditionAt(t);
        forEachRange(x.length, dim * SLAB, (from, to) => {
          evaluator.jacobianProduct(x.subarray(from, to), extra, u.subarray(from, to), out.subarray(from, to));
        });
      });
    },
    walk(x, walk) {
      const count = checkFieldCall(dim, x, 0, x);
      const steps = checkFieldWalk(walk);
      if (count === 0 || steps === 0) return;
      const { tableau, times, noise } = walk;
      const { stages, weights } = tableau;
      const stepSizes = times.subarray(1).map((time, k) => time - times[k]);
      const extra = walkConditions(conditionAt, tableau.nodes, times, stepSizes);
      withEvaluator(setup, kept, (evaluator) => {
        forEachRange(x.length, dim * SLAB, (from, to) => {
          const ofSlab = noise && { ...noise, firstPoint: from / dim };
          evaluator.walk(x.subarray(from, to), { stages, weights, stepSizes, extra, ...(ofSlab && { noise: ofSlab }) });
        });
      });
    },
  };
}

function forEachRange(length: number, step: number, use: (from: number, to: number) => void): void {
  for (let from = 0; from < length; from += step) use(from, Math.min(from + step, length));
}

/** The features of every evaluation of a walk, shape [steps · stages, features]. */
function walkConditions(
  conditionAt: (t: number) => Float32Array,
  nodes: readonly number[],
  times: Float64Array,
  stepSizes: Float64Array,
): Float32Array {
  const rows: Float32Array[] = [];
  stepSizes.forEach((h, k) => {
    for (const node of nodes) rows.push(conditionAt(times[k] + node * h));
  });
  const table = new Float32Array(rows.length * rows[0].length);
  rows.forEach((row, k) => table.set(row, k * row.length));
  return table;
}
