// What draws of the source say about a semidiscrete potential: masses of cells, cost, dual value, and how sure they are.
import type { CellTarget, RowVisitor } from '../coupling/laguerre-cells.js';

/** A mean over draws. */
export interface MeanEstimate {
  /** The mean. */
  readonly mean: number;
  /** Its standard error; `Infinity` for fewer than two draws. */
  readonly standardError: number;
}

/** Sums over independent draws of the source, under one potential. */
export class CellTally {
  /** Draws counted. */
  count = 0;
  /** Σ_i P(y_j | x_i), shape [targets]. */
  readonly masses: Float64Array;
  readonly #squares: Float64Array;
  readonly #cost = new RunningMoments();
  readonly #value = new RunningMoments();

  constructor(targets: number) {
    this.masses = new Float64Array(targets);
    this.#squares = new Float64Array(targets);
  }

  /** Counts some draws. */
  add(visitRows: RowVisitor, points: Float64Array, g: Float64Array, { epsilon }: Pick<CellTarget, 'epsilon'>): void {
    visitRows(points, g, (_, { costs, shares, likeliest, value }) => {
      this.count++;
      this.#value.add(value);
      if (epsilon === 0) {
        this.masses[likeliest]++;
        this.#squares[likeliest]++;
        this.#cost.add(costs[likeliest]);
        return;
      }
      let cost = 0;
      for (let j = 0; j < shares.length; j++) {
        const share = shares[j];
        this.masses[j] += share;
        this.#squares[j] += share * share;
        cost += share * costs[j];
      }
      this.#cost.add(cost);
    });
  }

  /** ⟨C,P⟩ of the plan that the potential defines, whatever its second marginal. */
  get cost(): MeanEstimate {
    return this.#cost.estimate;
  }

  /** The mean of f(X). */
  get value(): MeanEstimate {
    return this.#value.estimate;
  }

  /**
   * χ² = Σ_j (p_j − b_j)²/b_j between the masses p of the cells and b, without bias: what the variance of the counts adds
   * on average is subtracted, so the estimate may be below 0. The standard error is that of a U-statistic, to leading
   * order.
   */
  chiSquare(b: Float64Array): MeanEstimate {
    const n = this.count;
    if (n < 2) return { mean: Infinity, standardError: Infinity };
    let sum = 0;
    let spread = 1;
    for (let j = 0; j < b.length; j++) {
      const share = this.masses[j] / n;
      const variance = (this.#squares[j] - n * share * share) / (n - 1);
      sum += ((share - b[j]) * (share - b[j]) - variance / n) / b[j];
      spread += (variance / b[j]) * (variance / b[j]);
    }
    return { mean: sum, standardError: Math.sqrt((4 * Math.max(0, sum)) / n + (2 * spread) / (n * n)) };
  }
}

/** Mean and variance of a stream, relative to its first term, so that a common offset costs no digits. */
class RunningMoments {
  #count = 0;
  #origin = 0;
  #sum = 0;
  #squares = 0;

  add(term: number): void {
    if (this.#count++ === 0) this.#origin = term;
    const shifted = term - this.#origin;
    this.#sum += shifted;
    this.#squares += shifted * shifted;
  }

  get estimate(): MeanEstimate {
    const n = this.#count;
    const mean = this.#sum / n;
    const variance = Math.max(0, this.#squares - n * mean * mean) / (n - 1);
    return { mean: this.#origin + mean, standardError: n > 1 ? Math.sqrt(variance / n) : Infinity };
  }
}
