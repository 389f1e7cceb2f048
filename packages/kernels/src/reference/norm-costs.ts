/** The power of a norm: ‖x − y‖_p^power, 1 ≤ p ≤ ∞, power > 0. */
export interface NormPower {
  readonly p: number;
  readonly power: number;
}

/** v^exponent for v ≥ 0 and exponent > 0, with the bits of `pow` of @brenier/elementary. */
type Power = (v: number, exponent: number) => number;

/** ‖x_i − y_j‖_p^power of all pairs, row-major, in the arithmetic of assembly/norm-costs.ts. */
export function normCosts(
  x: Float64Array,
  y: Float64Array,
  dim: number,
  norm: NormPower,
  pow: Power,
): Float64Array<ArrayBuffer> {
  const rows = x.length / dim;
  const columns = y.length / dim;
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const differences = Array.from({ length: dim }, (_, k) => Math.abs(x[i * dim + k] - y[j * dim + k]));
      out[i * columns + j] = normCost(differences, norm, pow);
    }
  }
  return out;
}

function normCost(differences: readonly number[], { p, power }: NormPower, pow: Power): number {
  const largest = differences.reduce((most, each) => Math.max(most, each), 0);
  if (p === 1) return raise(inFours(differences), power, pow);
  if (p === Infinity) return raise(largest, power, pow);
  if (p === 2) return raise(inFours(differences.map((each) => each * each)), power / 2, pow);
  if (p === power) return differences.reduce((sum, each) => sum + raise(each, p, pow), 0);
  if (largest === 0) return 0;
  const sum = differences.reduce((soFar, each) => soFar + raise(each / largest, p, pow), 0);
  return raise(largest, power, pow) * raise(sum, power / p, pow);
}

/** Four partial sums, then what is left in order. */
function inFours(terms: readonly number[]): number {
  const whole = terms.length - (terms.length % 4);
  const sums = [0, 0, 0, 0];
  for (let k = 0; k < whole; k++) sums[k % 4] += terms[k];
  return terms.slice(whole).reduce((total, each) => total + each, sums[0] + sums[2] + (sums[1] + sums[3]));
}

function raise(v: number, exponent: number, pow: Power): number {
  if (exponent === 1) return v;
  if (exponent === 2) return v * v;
  if (exponent === 0.5) return Math.sqrt(v);
  if (exponent === 3) return v * v * v;
  if (exponent === 4) return v * v * (v * v);
  return pow(v, exponent);
}
