/** The two numbers of the kernel of this name: max f_i + g_j − ‖x_i − y_j‖² and max ‖x_i − y_j‖². */
export function pairExtremes(
  x: Float64Array,
  f: Float64Array,
  y: Float64Array,
  g: Float64Array,
  dim: number,
): [number, number] {
  let worst = -Infinity;
  let largest = 0;
  for (let i = 0; i < f.length; i++) {
    for (let j = 0; j < g.length; j++) {
      let square = 0;
      for (let k = 0; k < dim; k++) {
        const difference = x[i * dim + k] - y[j * dim + k];
        square += difference * difference;
      }
      const violation = f[i] + g[j] - square;
      if (violation > worst) worst = violation;
      if (square > largest) largest = square;
    }
  }
  return [worst, largest];
}
