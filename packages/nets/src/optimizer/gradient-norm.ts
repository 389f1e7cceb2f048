// The length of a gradient, summed in an order that engines can follow on several threads and with vectors of four.

/** Entries whose squares are summed apart. */
const CHUNK = 1024;

/**
 * Euclidean norm in float64, which squares of float32 numbers cannot overflow: it is finite exactly where every entry is. The order
 * is that of the kernels of `@brenier/kernels`: chunk after chunk, four running sums in each.
 */
export function gradientNorm(gradient: Float32Array): number {
  let total = 0;
  for (let start = 0; start < gradient.length; start += CHUNK) {
    total += chunkSquares(gradient, start, Math.min(start + CHUNK, gradient.length));
  }
  return Math.sqrt(total);
}

function chunkSquares(gradient: Float32Array, start: number, end: number): number {
  const sums = [0, 0, 0, 0];
  for (let i = start; i < end; i++) sums[(i - start) % 4] += gradient[i] * gradient[i];
  return sums[0] + sums[2] + (sums[1] + sums[3]);
}

/**
 * What a gradient of this norm is multiplied by so that its norm is at most `clipNorm`: PyTorch's rule, `clipNorm` / (norm + 1e-6)
 * where that is below 1 (Pascanu, Mikolov and Bengio 2013, arXiv:1211.5063, algorithm 1).
 */
export function clipScale(norm: number, clipNorm: number | undefined): number {
  return clipNorm === undefined ? 1 : Math.min(1, clipNorm / (norm + 1e-6));
}
