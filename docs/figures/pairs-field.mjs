/**
 * The velocity field that flow matching would learn from a finite list of pairs, in closed form: the mean velocity of the
 * pairs whose segment passes by, each weighed by how likely it is to pass here (the guide derives it).
 */
import { exp } from '@brenier/elementary';

/**
 * @param {{ x0: Float64Array, x1: Float64Array }} pairs - starts and ends, shape [count, dim]
 * @param {number} dim
 * @param {number} sigma - the width of every segment, in units of x
 */
export function pairsField({ x0, x1 }, dim, sigma) {
  const count = x0.length / dim;
  const squares = new Float64Array(count);
  return {
    dim,
    evaluate(x, t, out) {
      for (let at = 0; at < x.length; at += dim) {
        let nearest = Infinity;
        for (let pair = 0; pair < count; pair++) {
          squares[pair] = 0;
          for (let k = 0; k < dim; k++) {
            const mean = (1 - t) * x0[pair * dim + k] + t * x1[pair * dim + k];
            squares[pair] += (x[at + k] - mean) ** 2;
          }
          nearest = Math.min(nearest, squares[pair]);
        }
        let total = 0;
        for (let k = 0; k < dim; k++) out[at + k] = 0;
        for (let pair = 0; pair < count; pair++) {
          const weight = exp((nearest - squares[pair]) / (2 * sigma * sigma));
          total += weight;
          for (let k = 0; k < dim; k++) out[at + k] += weight * (x1[pair * dim + k] - x0[pair * dim + k]);
        }
        for (let k = 0; k < dim; k++) out[at + k] /= total;
      }
    },
  };
}
