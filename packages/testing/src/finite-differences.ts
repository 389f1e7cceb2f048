// Derivatives measured from values, to check derivatives that were derived.

/**
 * The gradient of a function by central differences: (F(x + h e_k) − F(x − h e_k)) / 2h, error O(h²) plus rounding / h.
 *
 * @param valueOf - the function; it must not keep the array it gets
 * @param x - where; left as it was
 * @param step - h, in units of x. Default 1e-5, near the best for values of order 1 in float64
 * @returns the gradient, shape [x.length]; cost 2 · x.length calls
 */
export function centralDifferences(valueOf: (x: Float64Array) => number, x: Float64Array, step = 1e-5): Float64Array {
  const moved = x.slice();
  return x.map((coordinate, k) => {
    moved[k] = coordinate + step;
    const above = moved[k] - coordinate;
    const valueAbove = valueOf(moved.slice());
    moved[k] = coordinate - step;
    const below = coordinate - moved[k];
    const valueBelow = valueOf(moved.slice());
    moved[k] = coordinate;
    return (valueAbove - valueBelow) / (above + below); // the steps as they were after rounding
  });
}
