/** The mixture that a training of LightSB begins with: equal weights, centres at points of the target, round covariances. */
import { log } from '@brenier/elementary';
import type { PointCloud } from '@brenier/ot-core';
import { integer, type Rng } from '@brenier/random';
import type { CentredCloud } from './centred-clouds.js';
import { componentLength, type MixtureShape } from './mixture-gradient.js';

/** The covariance of components, in units of ε. */
export const SPREAD = 0.1;

/**
 * The unit of factors that makes {@link SPREAD} the variance of the target, where it would be wider: components that are wider by orders of
 * magnitude would need more steps to shrink than there are.
 */
export function unitFor({ points }: CentredCloud, epsilon: number): number {
  const variance = points.reduce((sum, each) => sum + each * each, 0) / points.length;
  return variance > 0 ? Math.min(1, Math.sqrt(variance / epsilon / SPREAD)) : 1;
}

/** The parameters of all components. */
export function startParameters(rng: Rng, y: PointCloud, shape: MixtureShape, spread: number): Float32Array {
  const length = componentLength(shape);
  const parameters = new Float32Array(shape.numComponents * length);
  for (let k = 0; k < shape.numComponents; k++) {
    const from = integer(rng, 0, y.count) * y.dim;
    parameters.set(y.points.subarray(from, from + y.dim), k * length + 1);
    let at = k * length + 1 + y.dim;
    for (let i = 0; i < y.dim; i++) {
      if (shape.isFull) at += i;
      parameters[at++] = 0.5 * log(spread);
    }
  }
  return parameters;
}
