/** Products and sums of small square matrices, row-major, shape [dim, dim]. */

/** A B, or A Bᵀ. */
export function product(a: Float64Array, b: Float64Array, dim: number, isTransposed = false): Float64Array {
  const out = new Float64Array(dim * dim);
  for (let i = 0; i < dim; i++) {
    for (let j = 0; j < dim; j++) {
      let sum = 0;
      for (let k = 0; k < dim; k++) sum += a[i * dim + k] * b[isTransposed ? j * dim + k : k * dim + j];
      out[i * dim + j] = sum;
    }
  }
  return out;
}

/** Aᵀ. */
export function transpose(a: Float64Array, dim: number): Float64Array {
  return a.map((_, at) => a[(at % dim) * dim + Math.floor(at / dim)]);
}

/** Σ factor · matrix + shift · I. */
export function combine(
  terms: readonly (readonly [factor: number, matrix: Float64Array])[],
  shift: number,
  dim: number,
): Float64Array {
  const out = new Float64Array(dim * dim);
  for (const [factor, matrix] of terms) for (let i = 0; i < out.length; i++) out[i] += factor * matrix[i];
  for (let i = 0; i < dim; i++) out[i * dim + i] += shift;
  return out;
}

/** (A + Aᵀ)/2. */
export function symmetrized(a: Float64Array, dim: number): Float64Array {
  return combine(
    [
      [0.5, a],
      [0.5, transpose(a, dim)],
    ],
    0,
    dim,
  );
}

/** A x. */
export function apply(a: Float64Array, x: Float64Array): Float64Array {
  const dim = x.length;
  const out = new Float64Array(dim);
  for (let i = 0; i < dim; i++) for (let k = 0; k < dim; k++) out[i] += a[i * dim + k] * x[k];
  return out;
}
