import type { NumericArray } from '@brenier/errors';

/** The rows or the columns that carry mass, numbered anew; the others take no part in a solve. */
export class Side {
  /** How many carry mass. */
  readonly count: number;
  readonly #length: number;
  /** Index of each active one; `undefined` where all are. */
  readonly #ids: Int32Array | undefined;

  constructor(weights: Float64Array) {
    this.#length = weights.length;
    if (weights.includes(0)) {
      this.#ids = Int32Array.from(weights.keys()).filter((i) => weights[i] > 0);
      this.count = this.#ids.length;
    } else {
      this.count = weights.length;
    }
  }

  /** The values of the active ones, weights for example. */
  copyValues(values: NumericArray, out: Float64Array): void {
    if (!this.#ids) out.set(values);
    else for (let p = 0; p < this.count; p++) out[p] = values[this.#ids[p]]!;
  }

  /** From the problem's numbers to the new ones, for active ones only; always a copy. */
  numberAnew(ids: Int32Array): Int32Array {
    const known = this.#ids;
    if (!known) return ids.slice();
    const numbers = new Int32Array(this.#length);
    for (let p = 0; p < known.length; p++) numbers[known[p]] = p;
    return ids.map((id) => numbers[id]);
  }

  /** From new numbers to the problem's; always a copy. */
  restoreIds(active: Int32Array): Int32Array {
    const ids = this.#ids;
    return ids ? active.map((p) => ids[p]) : active.slice();
  }

  /** Values of the active ones at their places in the problem, 0 elsewhere; always a copy. */
  restoreValues(active: Float64Array): Float64Array {
    if (!this.#ids) return active.slice();
    const values = new Float64Array(this.#length);
    for (let p = 0; p < this.count; p++) values[this.#ids[p]] = active[p]!;
    return values;
  }
}
