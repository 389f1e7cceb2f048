// The arithmetic of assembly/logarithm.ts, number by number: the plain binary gives the same bits. See there for the
// error bound.

const coefficients = [
  0.666666666666667, 0.3999999999989924, 0.2857142862609589, 0.22222211115144158, 0.18182890556695763,
  0.15331674030163508, 0.1461703754883715,
];

/** log x; −∞ at 0, NaN below. */
export function logarithm(x: number): number {
  if (!(x >= 0)) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return Infinity;
  const isTiny = x < 2.2250738585072014e-308;
  const { exponent, significand } = split(isTiny ? x * 18014398509481984 : x);
  const k = isTiny ? exponent - 54 : exponent;
  const f = significand - 1;
  const s = f / (f + 2);
  const z = s * s;
  const half = f * f * 0.5;
  const p = coefficients.reduceRight((sum, coefficient) => sum * z + coefficient);
  const tail = s * (half + p * z) + k * 4.7493250390316726e-7;
  return k * 0.6931467056274414 - (half - tail - f);
}

/** x = 2^exponent · significand with a significand in [√½, √2), by its bits. */
function split(x: number): { exponent: number; significand: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigInt64(0);
  const exponent = (bits - 0x3fe6a09e667f3bcdn) >> 52n;
  view.setBigInt64(0, bits - (exponent << 52n));
  return { exponent: Number(exponent), significand: view.getFloat64(0) };
}
