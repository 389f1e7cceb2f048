import { fillNormal, restoreRng } from '@brenier/random';
import type { ArrayField, ButcherTableau, FixedWalk, WalkNoise } from '../src/index.js';

/** What a walk was asked for. */
export interface WalkRecord {
  readonly steps: number;
  readonly from: number;
  readonly to: number;
}

/**
 * A field with a walk of its own, written from the contract of `FixedWalk` alone: point by point, in slabs of `slab` points, all
 * steps of a slab before the next. `order` says which slab comes first.
 */
export function walkingField(
  field: ArrayField,
  slab: number,
  order: 'forwards' | 'backwards' = 'forwards',
): ArrayField & { readonly walks: WalkRecord[] } {
  const walks: WalkRecord[] = [];
  return {
    ...field,
    walks,
    walk(x, walk) {
      const { times } = walk;
      walks.push({ steps: times.length - 1, from: times[0], to: times.at(-1)! });
      const count = x.length / field.dim;
      const starts = Array.from({ length: Math.ceil(count / slab) }, (_, i) => i * slab);
      if (order === 'backwards') starts.reverse();
      for (const first of starts) {
        walkSlab(field, x.subarray(first * field.dim, Math.min(count, first + slab) * field.dim), first, walk);
      }
    },
  };
}

function walkSlab(field: ArrayField, x: Float64Array, first: number, walk: FixedWalk): void {
  const { tableau, times, noise } = walk;
  const n = new Float64Array(x.length);
  const argument = new Float64Array(x.length);
  const slopes = tableau.nodes.map(() => new Float64Array(x.length));
  for (let k = 0; k + 1 < times.length; k++) {
    const h = times[k + 1] - times[k];
    if (noise) drawPart(noise, k, first * field.dim, n);
    tableau.nodes.forEach((node, i) => {
      const c = noise?.nodes[i] ?? 0;
      for (let j = 0; j < x.length; j++) argument[j] = x[j] + (weightedSum(tableau.stages[i], slopes, h, j) + c * n[j]);
      field.evaluate(argument, times[k] + node * h, slopes[i]);
    });
    for (let j = 0; j < x.length; j++) x[j] += weightedSum(tableau.weights, slopes, h, j) + (noise ? n[j] : 0);
  }
}

/** The numbers from `first` on of the stream of step k; a number takes two words. */
function drawPart({ keys, spreads }: WalkNoise, k: number, first: number, out: Float64Array): void {
  const key = Array.from(keys.subarray(4 * k, 4 * k + 4));
  fillNormal(restoreRng({ algorithm: 'threefry4x32-20', key, position: 2 * first }), out, { sd: spreads[k] });
}

function weightedSum(
  weights: ButcherTableau['weights'],
  slopes: readonly Float64Array[],
  h: number,
  j: number,
): number {
  return weights.reduce((sum, weight, i) => (weight === 0 ? sum : sum + h * weight * slopes[i][j]), 0);
}
