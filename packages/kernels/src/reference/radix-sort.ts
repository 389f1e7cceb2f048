/** The stable order of floats, −0 before +0, by a comparison sort. */
export function argsort(keys: Float64Array | Float32Array): Int32Array {
  const order = Array.from(keys, (_, index) => index);
  order.sort((i, j) => compare(keys[i], keys[j]) || i - j);
  return Int32Array.from(order);
}

function compare(x: number, y: number): number {
  if (x < y) return -1;
  if (x > y) return 1;
  return Number(Object.is(y, -0)) - Number(Object.is(x, -0));
}
