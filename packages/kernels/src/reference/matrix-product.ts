const blockInner = 256;

/**
 * op(A)·op(B): each entry is the sum over blocks of 256 inner indices, in order, of sums in order, in the type of `a`.
 */
export function matrixProduct<T extends Float64Array | Float32Array>(
  a: T,
  b: T,
  sizes: { rows: number; inner: number; columns: number; transposeA: boolean; transposeB: boolean },
): T {
  const { rows, inner, columns, transposeA, transposeB } = sizes;
  const round = a instanceof Float64Array ? (value: number) => value : Math.fround;
  const c = a instanceof Float64Array ? new Float64Array(rows * columns) : new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let entry = 0;
      for (let first = 0; first < inner; first += blockInner) {
        let sum = 0;
        for (let k = first; k < Math.min(first + blockInner, inner); k++) {
          const left = a[transposeA ? k * rows + i : i * inner + k];
          const right = b[transposeB ? j * inner + k : k * columns + j];
          sum = round(sum + round(left * right));
        }
        entry = first === 0 ? sum : round(entry + sum);
      }
      c[i * columns + j] = entry;
    }
  }
  return c as T;
}
