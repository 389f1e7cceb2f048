// The arithmetic of assembly/exponential.ts, number by number: the plain binary gives the same bits. See there for the
// error bound.

const rounder = 6755399441055744;
const coefficients = [
  1, 0.5000000000000006, 0.1666666666666667, 0.041666666666573066, 0.008333333333326136, 0.001388888893251478,
  0.00019841269874820627, 2.480150431378554e-5, 2.7557255400206422e-6, 2.7626371065696354e-7, 2.5105217004720745e-8,
] as const;

/** e^x; 0 below −708, ∞ above 709.78. */
export function exponential(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x < -708) return 0;
  if (x > 709.782712893384) return Infinity;
  const n = x * 1.4426950408889634 + rounder - rounder;
  const r = x - n * 0.6931467056274414 - n * 4.7493250390316726e-7;
  return powerSeries(r) * powerOfTwo(n - 1) * 2;
}

function powerSeries(r: number): number {
  const [c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10] = coefficients;
  const square = r * r;
  const fourth = square * square;
  const low = (c3 * r + c2) * square + (c1 * r + c0);
  const middle = (c7 * r + c6) * square + (c5 * r + c4);
  const high = c10 * square + (c9 * r + c8);
  return ((high * fourth + middle) * fourth + low) * r + 1;
}

/** 2^n for a whole n in [−1022, 1023], from its bits. */
function powerOfTwo(n: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setInt32(0, (n + 1023) << 20);
  return view.getFloat64(0);
}
