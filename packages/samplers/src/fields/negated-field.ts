/**
 * A field with its sign changed. It walks where the field walks: as (h·b)·(−k) and (h·(−b))·k are the same number to the bit, the negated
 * field is walked by handing the coefficients of the method on with their signs changed.
 */
import type { ArrayField, FixedWalk } from '../field.js';
import type { ButcherTableau } from '../methods/tableau.js';

/** −field(x, t). */
export function negatedField(field: ArrayField): ArrayField {
  return {
    dim: field.dim,
    evaluate(x, t, out) {
      field.evaluate(x, t, out);
      negate(out);
    },
    ...(field.jacobianProduct && {
      jacobianProduct(x: Float64Array, t: number, u: Float64Array, out: Float64Array) {
        field.jacobianProduct!(x, t, u, out);
        negate(out);
      },
    }),
    ...(field.walk && {
      walk(x: Float64Array, walk: FixedWalk) {
        field.walk!(x, { ...walk, tableau: negatedTableau(walk.tableau) });
      },
    }),
  };
}

function negate(out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = -out[i];
}

function negatedTableau({ nodes, stages, weights }: ButcherTableau): ButcherTableau {
  const opposite = (row: readonly number[]) => row.map((each) => -each);
  return { nodes, stages: stages.map(opposite), weights: opposite(weights) };
}
