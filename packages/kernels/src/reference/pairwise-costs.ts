/**
 * All costs between two clouds: `cost` 0 for ‖x−y‖², 1 for ‖x−y‖; each sum in the order of the coordinates, in the type
 * of `x`.
 */
export function pairwiseCosts<T extends Float64Array | Float32Array>(x: T, y: T, dim: number, cost: 0 | 1): T {
  const round = x instanceof Float64Array ? (value: number) => value : Math.fround;
  const rows = x.length / dim;
  const columns = y.length / dim;
  const out = x instanceof Float64Array ? new Float64Array(rows * columns) : new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < dim; k++) {
        const difference = round(x[i * dim + k] - y[j * dim + k]);
        sum = round(sum + round(difference * difference));
      }
      out[i * columns + j] = cost === 0 ? sum : Math.sqrt(sum);
    }
  }
  return out as T;
}
