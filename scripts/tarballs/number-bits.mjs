/** Writes a value with every number as the 16 hexadecimal digits of its float64, so that equal texts are equal bits. */

/** @param {unknown} value */
export function numberBits(value) {
  if (typeof value === 'number') return hexadecimal(value);
  if (ArrayBuffer.isView(value)) return Array.from(/** @type {any} */ (value), numberBits);
  if (Array.isArray(value)) return value.map(numberBits);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, numberBits(part)]));
  }
  return String(value);
}

function hexadecimal(number) {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, number);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}
