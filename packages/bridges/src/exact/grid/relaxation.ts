/**
 * How far each half of a sweep goes beyond its plain update: successive over-relaxation of Sinkhorn's method (A. Thibault, L. Chizat,
 * C. Dossal, N. Papadakis, Overrelaxed Sinkhorn–Knopp algorithm, Algorithms 14, 2021). Where plain sweeps shrink the error by θ, the
 * best factor is ω = 2/(1 + √(1 − θ)), and 1/√(1 − θ) sweeps do the work of 1/(1 − θ). Plain sweeps tell θ; where relaxed ones do not
 * pay within a while, they are given up for good.
 */
import { pow } from '@brenier/elementary';

/** Relaxed sweeps until their error is judged. */
const PATIENCE = 40;

/** The over-relaxation of one solve. */
export class Relaxation {
  /** The factor of the next sweep; 1 is the plain method. */
  omega = 1;
  private lastError = Infinity;
  private lastRatio = 0;
  private errorAtStart = Infinity;
  private sweepsSinceStart = 0;
  private isGivenUp = false;

  /** Takes the marginal error of a finished sweep. */
  observe(error: number): void {
    if (this.omega > 1) this.watch(error);
    else if (!this.isGivenUp) this.consider(error);
    this.lastError = error;
  }

  private consider(error: number): void {
    const ratio = error / this.lastError;
    const isSteady = ratio < 1 && Math.abs(ratio - this.lastRatio) < 0.05 * (1 - ratio);
    this.lastRatio = ratio;
    if (!isSteady || ratio < 0.5) return;
    this.omega = bestFactor(ratio);
    this.errorAtStart = error;
    this.sweepsSinceStart = 0;
  }

  /** Relaxed errors may rise at first and swing; over forty sweeps they must not, and their rate λ tells θ anew. */
  private watch(error: number): void {
    this.sweepsSinceStart++;
    const isRunaway = !(error < 100 * this.errorAtStart);
    if (!isRunaway && this.sweepsSinceStart < PATIENCE) return;
    const rate = pow(error / this.errorAtStart, 1 / PATIENCE);
    if (isRunaway || rate >= 1) {
      this.omega = 1;
      this.isGivenUp = true;
    } else if (rate > this.omega - 1) {
      // D. M. Young's relation between the eigenvalues of both methods, (λ + ω − 1)² = λω²θ.
      this.omega = bestFactor((rate + this.omega - 1) ** 2 / (rate * this.omega ** 2));
    }
    this.errorAtStart = error;
    this.sweepsSinceStart = 0;
  }
}

function bestFactor(plainRate: number): number {
  return Math.min(1.95, 2 / (1 + Math.sqrt(Math.max(0, 1 - plainRate))));
}

/** (1 − ω)·before + ω·after, where both are finite; else after, which is no mass. */
export function relax(before: Float64Array, after: Float64Array, omega: number): Float64Array {
  if (omega === 1) return after;
  return after.map((each, i) =>
    each === -Infinity || before[i] === -Infinity ? each : each + (omega - 1) * (each - before[i]),
  );
}
