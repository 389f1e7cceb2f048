/**
 * The law of X_t, and the mean velocity at every point, when the ends are a mixture of joint Gaussians: component by component, then
 * averaged with the posterior weights of the components at the point. Weights are exponentials of differences of logarithms, so that
 * one always is of order 1. Components of equal covariances share a factorisation. Cost per time O(shapes · dim³ + size · dim), per
 * point O(size · dim²).
 */
import { exp, log } from '@brenier/elementary';
import type { Interpolant } from '../interpolant/interpolant.js';
import { createShape, moveShape, solveRoot, solveTransposedRoot, type GaussianShape } from './gaussian-shape.js';
import type { GaussianEnds } from './joint-gaussian.js';
import { pathValuesAt } from './path-values.js';

/** One Gaussian of the mixture. */
export interface WeightedEnds {
  /** Its share of the mass, > 0; the shares sum to 1. */
  readonly share: number;
  readonly ends: GaussianEnds;
}

/** The mixture at one time and one point, in arrays that are overwritten. */
export interface MixtureLaw {
  readonly dim: number;
  readonly size: number;
  /** Posterior weights of the components at the point, shape [size]. */
  readonly posterior: Float64Array;
  /** Scores of the components at the point, shape [size, dim]. */
  readonly scores: Float64Array;
  /** Velocities of the components at the point, shape [size, dim]. */
  readonly velocities: Float64Array;
  /** The factorisation of component k at the time. */
  shapeOf(k: number): GaussianShape;
  /** Moves to a time; remembers the last one. */
  moveTo(t: number): void;
  /** Fills the arrays for the point that begins at `first`, and returns the log density there. */
  lookAt(x: Float64Array, first: number): number;
}

const LOG_ROOT_TWO_PI = 0.9189385332046728;

/** The law of a mixture along an interpolant. */
export function createMixtureLaw(components: readonly WeightedEnds[], interpolant: Interpolant): MixtureLaw {
  const size = components.length;
  const { dim } = components[0].ends;
  const { shapes, shapeOf } = shareShapes(components);
  const logShares = Float64Array.from(components, ({ share }) => log(share));
  const [means, rates] = [new Float64Array(size * dim), new Float64Array(size * dim)];
  const posterior = new Float64Array(size);
  const [scores, velocities] = [new Float64Array(size * dim), new Float64Array(size * dim)];
  let now = NaN;

  function moveTo(t: number): void {
    if (t === now) return;
    now = NaN;
    const values = pathValuesAt(interpolant, t);
    for (const shape of shapes) moveShape(shape, values, t);
    components.forEach(({ ends: { mean0, mean1 } }, k) => {
      for (let i = 0; i < dim; i++) {
        means[k * dim + i] = values.alpha * mean0[i] + values.beta * mean1[i];
        rates[k * dim + i] = values.dAlpha * mean0[i] + values.dBeta * mean1[i];
      }
    });
    now = t;
  }

  function lookAt(x: Float64Array, first: number): number {
    let largest = -Infinity;
    for (let k = 0; k < size; k++) {
      const logDensity = lookAtComponent(k, x, first);
      posterior[k] = logDensity;
      if (logDensity > largest) largest = logDensity;
    }
    let total = 0;
    for (let k = 0; k < size; k++) total += posterior[k] = exp(posterior[k] - largest);
    for (let k = 0; k < size; k++) posterior[k] /= total;
    return largest + log(total) - dim * LOG_ROOT_TWO_PI;
  }

  /** Fills velocity and score of one component; returns its log density with its share, without the constant. */
  function lookAtComponent(k: number, x: Float64Array, first: number): number {
    const { root, gain, logRootDeterminant } = shapeOf(k);
    const at = k * dim;
    for (let i = 0; i < dim; i++) scores[at + i] = x[first + i] - means[at + i];
    for (let i = 0; i < dim; i++) {
      let sum = rates[at + i];
      for (let j = 0; j < dim; j++) sum += gain[i * dim + j] * scores[at + j];
      velocities[at + i] = sum;
    }
    solveTransposedRoot(root, scores, at, dim);
    let square = 0;
    for (let i = at; i < at + dim; i++) square += scores[i] * scores[i];
    solveRoot(root, scores, at, dim);
    for (let i = at; i < at + dim; i++) scores[i] = -scores[i];
    return logShares[k] - logRootDeterminant - 0.5 * square;
  }

  return { dim, size, posterior, scores, velocities, shapeOf, moveTo, lookAt };
}

/** One factorisation for all components of equal covariances. */
function shareShapes(components: readonly WeightedEnds[]): {
  shapes: readonly GaussianShape[];
  shapeOf: (k: number) => GaussianShape;
} {
  const shapes: GaussianShape[] = [];
  const known = components.map(({ ends }) => {
    const same = shapes.find((shape) => ends.covariance.every((entry, i) => entry === shape.ends.covariance[i]));
    if (same) return same;
    shapes.push(createShape(ends));
    return shapes[shapes.length - 1];
  });
  return { shapes, shapeOf: (k) => known[k] };
}
