// Over-relaxed Sinkhorn: f ← f + ω (soft-min − f) with 1 ≤ ω < 2. Thibault, Chizat, Dossal & Papadakis, Overrelaxed
// Sinkhorn–Knopp algorithm for regularized optimal transport (2021); the choice of ω: Lehmann, von Renesse, Sambale &
// Uschmajew, A note on overrelaxation in the Sinkhorn algorithm (2022), and Young's relation between the rates of a
// method and of its over-relaxation.
import { exp, log } from '@brenier/elementary';

/** Sweeps over which a rate of convergence is measured: the error of an over-relaxed method oscillates. */
const WINDOW = 8;

/** Beyond this the rate ω − 1 of the method itself gains nothing. */
const LARGEST = 1.99;

/**
 * Chooses the relaxation of every update.
 *
 * Safeguard: an update that multiplies a marginal e^x-fold too large by e^(−ωx) raises the dual by ε a_i φ_ω(x), φ_ω(x)
 * = e^x − e^((1−ω)x) − ωx. Where that is at least ω(2−ω)/2 of what ω = 1 gains — for all x above a negative limit — ω
 * is used, elsewhere 1. So the dual grows at every update, and the iteration cannot diverge. It need not be faster than
 * Sinkhorn's method: the rate of a few sweeps may suggest too large an ω, which then stays.
 */
export class OverRelaxation {
  /** The present ω. */
  omega: number;
  readonly #isAdaptive: boolean;
  #limit: number;
  #errors: number[] = [];

  constructor(setting: number | 'auto') {
    this.#isAdaptive = setting === 'auto';
    this.omega = setting === 'auto' ? 1 : setting;
    this.#limit = safeguardLimit(this.omega);
  }

  /** ω for an update of a marginal whose present mass is e^logRatio times the wanted one. */
  factorFor(logRatio: number): number {
    return logRatio >= this.#limit ? this.omega : 1;
  }

  /** Learns from the marginal error after a sweep. */
  observe(error: number): void {
    if (!this.#isAdaptive) return;
    this.#errors.push(error);
    if (this.#errors.length <= WINDOW) return;
    const rate = exp(log(error / this.#errors[0]) / WINDOW);
    this.#errors = [];
    const best = bestRelaxation(rate, this.omega);
    if (best > this.omega) this.#set(best);
  }

  #set(omega: number): void {
    this.omega = omega;
    this.#limit = safeguardLimit(omega);
  }
}

/**
 * The ω that the rate seen under the present one suggests. Young: rates λ of the over-relaxed and η of the plain method
 * obey (λ + ω − 1)² = λ ω² η, and the best ω is 2/(1 + √(1 − η)). A rate of ω − 1 says that ω is at its best or beyond:
 * it stays.
 */
function bestRelaxation(rate: number, omega: number): number {
  if (!(rate > omega - 1 && rate < 1)) return omega;
  const root = rate + omega - 1;
  const plainRate = Math.min(1, (root * root) / (rate * omega * omega));
  return Math.min(LARGEST, 2 / (1 + Math.sqrt(1 - plainRate)));
}

/**
 * The x < 0 down to which φ_ω(x) ≥ ω(2−ω)/2 · φ_1(x): the difference is convex, then concave on the negative side, so
 * it has one root.
 */
function safeguardLimit(omega: number): number {
  if (omega === 1) return -Infinity;
  const share = (omega * (2 - omega)) / 2;
  const surplus = (x: number): number => exp(x) - exp((1 - omega) * x) - omega * x - share * (exp(x) - 1 - x);
  let low = -700;
  let high = -1e-3; // positive here for every ω ≤ 1.99
  if (surplus(low) >= 0) return low;
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (surplus(middle) >= 0) high = middle;
    else low = middle;
  }
  return high;
}
