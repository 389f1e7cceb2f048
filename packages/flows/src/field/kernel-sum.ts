/**
 * Fields of finitely many round Gaussians of one width that move: the law Σ_j w_j N(c_j, V I) with centres c_j(t) and variance V(t).
 *
 * A point at x moves with Gaussian j at v_j = ċ_j + (V̇/2V)(x − c_j), and belongs to it with a posterior weight r_j. So v = Σ r_j v_j,
 * s = Σ r_j (c_j − x)/V, and, with c̄ = Σ r_j c_j, (∂v/∂x)u = (V̇/2V)u + Σ r_j (v_j − v)⟨c_j − c̄, u⟩/V. Cost O(count · size · dim)
 * an evaluation.
 *
 * Where there is no noise at all, the law is a sum of points and v the limit of small V: the mean over the centres that are nearest to
 * x, exact on the points themselves. Where V = 0 for a moment only, particles pass at velocities that no field has, and v throws; so
 * does at V = 0 whatever asks for a density.
 */
import { log } from '@brenier/elementary';
import { checkBatch, checkPerPoint } from './check-batch.js';
import type { ClosedFormField } from './field.js';
import { addMeanGap, addMeanVector, BLOCK, weighBlock } from './posterior-weights.js';

/** The Gaussians at one time. */
interface KernelState {
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

/** Velocities of the Gaussians are a·ċ_j + b·(x − c_j); with a = 0 and b = −1/V these are their scores. */
interface Motion {
  readonly a: 0 | 1;
  readonly b: number;
}

const LOG_TWO_PI = 1.8378770664093456;

/** Velocity, score and log density of the sum. */
export function kernelSumField({ dim, weights, moveTo }: KernelSum): ClosedFormField {
  const size = weights.length;
  const [centres, rates] = [new Float64Array(size * dim), new Float64Array(size * dim)];
  const state: KernelState = { centres, rates, variance: 0, varianceRate: 0, isNoiseless: false };
  const logWeights = weights.map(log);
  const posterior = { shares: new Float64Array(BLOCK * size), logTotals: new Float64Array(BLOCK) };
  const [gaps, velocities] = [new Float64Array(BLOCK * dim), new Float64Array(BLOCK * dim)];
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

  function motionOf(part: 'velocity' | 'score'): Motion {
    if (part === 'score') return { a: 0, b: -1 / state.variance };
    return { a: 1, b: state.varianceRate === 0 ? 0 : state.varianceRate / state.variance };
  }

  /** Calls `visit` for every block of points, once their posterior weights are there. */
  function forEachBlock(x: Float64Array, visit: (start: number, end: number) => void): void {
    for (let start = 0; start < x.length; start += BLOCK * dim) {
      const end = Math.min(x.length, start + BLOCK * dim);
      weighBlock(posterior, logWeights, centres, state.variance, x, start, end, dim);
      visit(start, end);
    }
  }

  function evaluate(part: 'velocity' | 'score', x: Float64Array, t: number, out: Float64Array): void {
    checkBatch(dim, x, out);
    prepare(t, part === 'score');
    const { a, b } = motionOf(part);
    out.fill(0);
    forEachBlock(x, (start, end) => {
      if (a !== 0) addMeanVector(posterior.shares, rates, out, start, end, dim);
      if (b !== 0) addMeanGap(posterior.shares, b, centres, x, out, start, end, dim);
    });
  }

  function product(part: 'velocity' | 'score', x: Float64Array, t: number, u: Float64Array, out: Float64Array): void {
    checkBatch(dim, x, out, u);
    prepare(t, true);
    const motion = motionOf(part);
    for (let at = 0; at < u.length; at++) out[at] = motion.b * u[at];
    forEachBlock(x, (start, end) => {
      const block = x.subarray(start, end);
      gaps.fill(0);
      addMeanGap(posterior.shares, 1, centres, block, gaps, 0, end - start, dim);
      for (let at = 0; at < velocities.length; at++) velocities[at] = motion.b * gaps[at];
      if (motion.a !== 0) addMeanVector(posterior.shares, rates, velocities, 0, end - start, dim);
      addSlopes(motion, block, u.subarray(start, end), out.subarray(start, end));
    });
  }

  /** Adds Σ r_j (v_j − v)⟨c_j − c̄, u⟩/V to every point of a block, whose mean gaps x − c̄ and velocities are known. */
  function addSlopes({ a, b }: Motion, x: Float64Array, u: Float64Array, out: Float64Array): void {
    for (let j = 0; j < size; j++) {
      for (let first = 0, at = j; first < x.length; first += dim, at += size) {
        if (posterior.shares[at] === 0) continue;
        let slope = 0;
        for (let k = 0, c = j * dim; k < dim; k++) {
          slope += (gaps[first + k] - (x[first + k] - centres[c + k])) * u[first + k];
        }
        const share = (posterior.shares[at] * slope) / state.variance;
        for (let k = 0, c = j * dim; k < dim; k++) {
          const velocity = a * rates[c + k] + b * (x[first + k] - centres[c + k]);
          out[first + k] += share * (velocity - velocities[first + k]);
        }
      }
    }
  }

  return {
    dim,
    evaluate: (x, t, out) => evaluate('velocity', x, t, out),
    jacobianProduct: (x, t, u, out) => product('velocity', x, t, u, out),
    score: {
      dim,
      evaluate: (x, t, out) => evaluate('score', x, t, out),
      jacobianProduct: (x, t, u, out) => product('score', x, t, u, out),
    },
    logDensity(x, t, out) {
      checkPerPoint(dim, x, out);
      prepare(t, true);
      const constant = 0.5 * dim * (LOG_TWO_PI + log(state.variance));
      forEachBlock(x, (start, end) => {
        for (let i = start / dim; i * dim < end; i++) out[i] = posterior.logTotals[i - start / dim] - constant;
      });
    },
  };
}
