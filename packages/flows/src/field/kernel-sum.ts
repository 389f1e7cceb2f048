/**
 * Fields of finitely many round Gaussians of one width that move: the law Σ_j w_j N(c_j, V I) with centres c_j(t) and variance V(t).
 *
 * A point at x moves with Gaussian j at v_j = ċ_j + (V̇/2V)(x − c_j), and belongs to it with the posterior weight
 * r_j ∝ w_j exp(−‖x − c_j‖²/2V). So v = Σ r_j v_j, s = Σ r_j (c_j − x)/V, and, with c̄ = Σ r_j c_j,
 * (∂v/∂x)u = (V̇/2V)u + Σ r_j (v_j − v)⟨c_j − c̄, u⟩/V.
 *
 * Cost O(count · size · dim) an evaluation. Points go in blocks, so that the centres are read once for each block and not for each
 * point; what a point gets does not depend on its block.
 *
 * Where there is no noise at all, the law is a sum of points and v the limit of small V: the mean over the centres that are nearest to
 * x, exact on the points themselves. Where V = 0 for a moment only, particles pass at velocities that no field has, and v throws; so
 * does at V = 0 whatever asks for a density.
 */
import { exp, log } from '@brenier/elementary';
import { checkBatch, checkPerPoint } from './check-batch.js';
import type { ClosedFormField } from './field.js';

/** The Gaussians at one time. */
export interface KernelState {
  /** c_j, shape [size, dim]. */
  readonly centres: Float64Array;
  /** The derivatives of the centres, shape [size, dim]. */
  readonly rates: Float64Array;
  /** V. */
  variance: number;
  /** ½ dV/dt. */
  varianceRate: number;
  /** Whether V = 0 and stays so. */
  isNoiseless: boolean;
}

/** What {@link kernelSumField} needs. */
export interface KernelSum {
  readonly dim: number;
  /** w_j > 0, with sum 1, shape [size]. */
  readonly weights: Float64Array;
  /** Writes the Gaussians at a time. */
  moveTo(state: KernelState, t: number): void;
}

/** Points per block: their weights for a thousand centres stay in the second cache. */
const BLOCK = 16;
const LOG_TWO_PI = 1.8378770664093456;

/** Velocity, score and log density of the sum. */
export function kernelSumField({ dim, weights, moveTo }: KernelSum): ClosedFormField {
  const size = weights.length;
  const logWeights = weights.map(log);
  const state: KernelState = {
    centres: new Float64Array(size * dim),
    rates: new Float64Array(size * dim),
    variance: 0,
    varianceRate: 0,
    isNoiseless: false,
  };
  const posterior = new Float64Array(BLOCK * size);
  const logTotals = new Float64Array(BLOCK);
  const [meanVelocity, meanCentre] = [new Float64Array(dim), new Float64Array(dim)];
  let now = NaN;

  function prepare(t: number, needsDensity: boolean): void {
    if (t !== now) {
      now = NaN;
      moveTo(state, t);
      now = t;
    }
    if (state.variance > 0 || (state.isNoiseless && !needsDensity)) return;
    throw new RangeError(`"t" expected a time at which the path has a density, got ${t}: its noise is 0 there`);
  }

  /** Calls `visit` for every point, with its place in the block where its posterior weights are. */
  function forEachPoint(x: Float64Array, visit: (first: number, place: number) => void): void {
    for (let start = 0; start < x.length; start += BLOCK * dim) {
      const end = Math.min(x.length, start + BLOCK * dim);
      weighBlock(x, start, end);
      for (let first = start; first < end; first += dim) visit(first, (first - start) / dim);
    }
  }

  function weighBlock(x: Float64Array, start: number, end: number): void {
    const { centres } = state;
    for (let j = 0; j < size; j++) {
      for (let first = start, at = j; first < end; first += dim, at += size) {
        let square = 0;
        for (let k = 0; k < dim; k++) {
          const difference = x[first + k] - centres[j * dim + k];
          square += difference * difference;
        }
        posterior[at] = square;
      }
    }
    for (let place = 0; place < (end - start) / dim; place++) normalise(place * size, place);
  }

  /** Squares become weights. They are compared before they are divided by V, which may be tiny: ties keep their weights. */
  function normalise(from: number, place: number): void {
    let nearest = Infinity;
    for (let at = from; at < from + size; at++) if (posterior[at] < nearest) nearest = posterior[at];
    let largest = -Infinity;
    for (let at = from; at < from + size; at++) {
      posterior[at] = logWeights[at - from] - excessOf(posterior[at] - nearest);
      if (posterior[at] > largest) largest = posterior[at];
    }
    let total = 0;
    for (let at = from; at < from + size; at++) total += posterior[at] = exp(posterior[at] - largest);
    for (let at = from; at < from + size; at++) posterior[at] /= total;
    logTotals[place] = largest + log(total) - (0.5 * nearest) / state.variance;
  }

  function excessOf(difference: number): number {
    return state.variance > 0 ? (0.5 * difference) / state.variance : difference > 0 ? Infinity : difference;
  }

  /** Σ r_j (a·rates_j + b·(x − c_j)) into `out`. */
  function average(a: number, b: number, x: Float64Array, first: number, place: number, out: Float64Array): void {
    const { centres, rates } = state;
    for (let k = 0; k < dim; k++) out[first + k] = 0;
    for (let j = 0, at = place * size; j < size; j++, at++) {
      const share = posterior[at];
      if (share === 0) continue;
      for (let k = 0; k < dim; k++) {
        const moved = a === 0 ? 0 : a * rates[j * dim + k];
        out[first + k] += share * (moved + b * (x[first + k] - centres[j * dim + k]));
      }
    }
  }

  function evaluateWith(isVelocity: boolean, x: Float64Array, t: number, out: Float64Array): void {
    checkBatch(dim, x, out);
    prepare(t, !isVelocity);
    const { variance, varianceRate } = state;
    const spread = isVelocity ? (varianceRate === 0 ? 0 : varianceRate / variance) : -1 / variance;
    forEachPoint(x, (first, place) => average(isVelocity ? 1 : 0, spread, x, first, place, out));
  }

  function productWith(isVelocity: boolean, x: Float64Array, t: number, u: Float64Array, out: Float64Array): void {
    checkBatch(dim, x, out, u);
    prepare(t, true);
    const { variance, varianceRate } = state;
    const [a, b] = isVelocity ? [1, varianceRate / variance] : [0, -1 / variance];
    forEachPoint(x, (first, place) => {
      for (let k = 0; k < dim; k++) meanVelocity[k] = meanCentre[k] = 0;
      for (let j = 0; j < size; j++) {
        const share = posterior[place * size + j];
        if (share === 0) continue;
        for (let k = 0; k < dim; k++) {
          const gap = x[first + k] - state.centres[j * dim + k];
          meanCentre[k] += share * gap;
          meanVelocity[k] += share * (a * state.rates[j * dim + k] + b * gap);
        }
      }
      for (let k = 0; k < dim; k++) out[first + k] = b * u[first + k];
      for (let j = 0; j < size; j++) {
        const share = posterior[place * size + j];
        if (share !== 0) addSlope(a, b, share / variance, j, x, first, u, out);
      }
    });
  }

  /** Adds share·(v_j − v)⟨c_j − c̄, u⟩. Gaps are x − c, so c_j − c̄ is the mean gap minus that of j. */
  function addSlope(
    a: number,
    b: number,
    share: number,
    j: number,
    x: Float64Array,
    first: number,
    u: Float64Array,
    out: Float64Array,
  ): void {
    const { centres, rates } = state;
    let slope = 0;
    for (let k = 0; k < dim; k++) slope += (meanCentre[k] - (x[first + k] - centres[j * dim + k])) * u[first + k];
    for (let k = 0; k < dim; k++) {
      const velocity = a * rates[j * dim + k] + b * (x[first + k] - centres[j * dim + k]);
      out[first + k] += share * slope * (velocity - meanVelocity[k]);
    }
  }

  return {
    dim,
    evaluate: (x, t, out) => evaluateWith(true, x, t, out),
    jacobianProduct: (x, t, u, out) => productWith(true, x, t, u, out),
    score: {
      dim,
      evaluate: (x, t, out) => evaluateWith(false, x, t, out),
      jacobianProduct: (x, t, u, out) => productWith(false, x, t, u, out),
    },
    logDensity(x, t, out) {
      checkPerPoint(dim, x, out);
      prepare(t, true);
      const constant = 0.5 * dim * (LOG_TWO_PI + log(state.variance));
      forEachPoint(x, (first, place) => (out[first / dim] = logTotals[place] - constant));
    },
  };
}
