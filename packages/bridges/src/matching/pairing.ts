import { checkFiniteArray, checkLength, checkNumericArray } from '@brenier/errors';
import { integer, type Rng } from '@brenier/random';

/** Pairs of ends: row i of `x0` goes with row i of `x1`. */
export interface PairBatch {
  /** Starts, row-major, shape [count, dim]. */
  readonly x0: Float64Array;
  /** Ends, row-major, shape [count, dim]. */
  readonly x1: Float64Array;
}

/** A coupling of two laws that pairs of ends are drawn from. The pairings of `@brenier/flows` are of this shape. */
export interface Pairing {
  /** Coordinates per point. */
  readonly dim: number;
  /** The pairing and its settings, such as `'exact'`: what checkpoints tell it from others by. Default: `'unnamed'`. */
  readonly name?: string;
  /**
   * Draws pairs.
   *
   * @param rng - where the randomness comes from, all of it
   * @param count - how many pairs, at least 1
   * @returns the pairs
   */
  draw(rng: Rng, count: number): PairBatch;
}

/** Draws and checks what came. */
export function drawPairs(name: string, pairing: Pairing, rng: Rng, count: number): PairBatch {
  const pairs = pairing.draw(rng, count);
  for (const end of ['x0', 'x1'] as const) {
    const drawn = `${name}.draw(…).${end}`;
    checkFiniteArray(drawn, checkLength(drawn, checkNumericArray(drawn, pairs?.[end]), count * pairing.dim));
  }
  return pairs;
}

/** The uniform law on pairs that lie in memory, drawn with replacement. */
export function cachedPairing(pairs: PairBatch, dim: number): Pairing {
  const size = pairs.x0.length / dim;
  return {
    dim,
    draw(rng, count) {
      const x0 = new Float64Array(count * dim);
      const x1 = new Float64Array(count * dim);
      for (let i = 0; i < count; i++) {
        const row = integer(rng, 0, size) * dim;
        for (let k = 0; k < dim; k++) {
          x0[i * dim + k] = pairs.x0[row + k];
          x1[i * dim + k] = pairs.x1[row + k];
        }
      }
      return { x0, x1 };
    },
  };
}
