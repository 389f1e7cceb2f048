/** The two numbers of the kernel of this name: max f_i + g_j − ‖x_i − y_j‖² and max ‖x_i − y_j‖², in the plane. */
export function pairExtremes(x: Float64Array, f: Float64Array, y: Float64Array, g: Float64Array): [number, number] {
  let worst = -Infinity;
  let largest = 0;
  for (let i = 0; i < f.length; i++) {
    for (let j = 0; j < g.length; j++) {
      const dx = x[2 * i] - y[2 * j];
      const dy = x[2 * i + 1] - y[2 * j + 1];
      const square = dx * dx + dy * dy;
      const violation = f[i] + g[j] - square;
      if (violation > worst) worst = violation;
      if (square > largest) largest = square;
    }
  }
  return [worst, largest];
}
