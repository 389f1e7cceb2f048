/**
 * The field of a coupling whose two ends are mapped alike: where X_t moves with v_t, the point a + A(X_t − b) moves with
 * A v_t(b + A⁻¹(y − a)) at y. It holds for every interpolant with α + β = 1, such as the linear one; noise γε becomes γAε. Cost:
 * one evaluation, and O(dim²) a point.
 */
import { checkFiniteArray, checkLength, checkNumericArray, checkOptions, type NumericArray } from '@brenier/errors';
import { checkBatch } from './check-batch.js';
import { batchScratch, checkField } from './check-field.js';
import type { Field } from './field.js';
import { linearSystem } from './linear-system.js';

/** The map x ↦ `to` + `matrix` · (x − `from`), as `gaussianMap` of `@brenier/ot-core` writes it. */
export interface AffineMapInput {
  /** The linear part, invertible, row-major, shape [dim, dim]. */
  readonly matrix: NumericArray;
  /** The point that is mapped to `to`, shape [dim]; default 0. */
  readonly from?: NumericArray;
  /** The image of `from`, shape [dim]; default 0. */
  readonly to?: NumericArray;
}

/**
 * The velocity of (AX₀ + b, AX₁ + b), given that of (X₀, X₁): v(x, t) becomes A v(A⁻¹(x − b), t).
 *
 * @param field - the velocity of (X₀, X₁) along an interpolant with α + β = 1
 * @param map - A, and b = `to` − A `from`
 * @returns the velocity of the images; it has Jacobian products where `field` has them
 * @throws TypeError or RangeError where `field` is none, a shape is wrong, an entry is not finite, or the matrix is singular
 *
 * @example
 * A field that blows to the right, turned by a quarter.
 * ```ts
 * import { affineImageField, type Field } from '@brenier/flows';
 *
 * const right: Field = { dim: 2, evaluate: (x, t, out) => out.forEach((_, at) => (out[at] = at % 2 === 0 ? 1 : 0)) };
 * const v = new Float64Array(2);
 * affineImageField(right, { matrix: [0, -1, 1, 0] }).evaluate(new Float64Array([5, 5]), 0, v);
 * v; // => [0, 1]
 * ```
 */
export function affineImageField(field: Field, map: AffineMapInput): Field {
  const { dim } = checkField('field', field);
  const { matrix, from, to } = checkMap(map, dim);
  const inverse = linearSystem(matrix, dim);
  if (!inverse) throw new RangeError('"map.matrix" expected an invertible matrix, got one that is singular');
  const [origins, directions] = [batchScratch(), batchScratch()];

  function pullBack(x: Float64Array): Float64Array {
    const origin = origins(x.length);
    for (let at = 0; at < x.length; at += dim) {
      for (let k = 0; k < dim; k++) origin[at + k] = x[at + k] - to[k];
      inverse!.solve(origin, at);
      for (let k = 0; k < dim; k++) origin[at + k] += from[k];
    }
    return origin;
  }

  const product = new Float64Array(dim);
  function pushForward(vectors: Float64Array): void {
    for (let at = 0; at < vectors.length; at += dim) {
      for (let i = 0; i < dim; i++) {
        product[i] = 0;
        for (let j = 0; j < dim; j++) product[i] += matrix[i * dim + j] * vectors[at + j];
      }
      vectors.set(product, at);
    }
  }

  return {
    dim,
    evaluate(x, t, out) {
      checkBatch(dim, x, out);
      field.evaluate(pullBack(x), t, out);
      pushForward(out);
    },
    ...(field.jacobianProduct && {
      jacobianProduct(x: Float64Array, t: number, u: Float64Array, out: Float64Array) {
        checkBatch(dim, x, out, u);
        const direction = directions(u.length);
        direction.set(u);
        for (let at = 0; at < u.length; at += dim) inverse.solve(direction, at);
        field.jacobianProduct!(pullBack(x), t, direction, out);
        pushForward(out);
      },
    }),
  };
}

function checkMap(map: AffineMapInput, dim: number): Record<'matrix' | 'from' | 'to', Float64Array> {
  const {
    matrix,
    from = new Float64Array(dim),
    to = new Float64Array(dim),
  } = checkOptions('map', map, ['matrix', 'from', 'to']);
  const read = (name: string, array: NumericArray, length: number) =>
    Float64Array.from(checkFiniteArray(name, checkLength(name, checkNumericArray(name, array), length)));
  return {
    matrix: read('map.matrix', matrix, dim * dim),
    from: read('map.from', from, dim),
    to: read('map.to', to, dim),
  };
}
