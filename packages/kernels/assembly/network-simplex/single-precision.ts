// What float32 can hold, and what its roundings cost.

/** float32 has room for the squares of what is smaller. */
export const LARGEST: f64 = 1e30;

/** 2⁻⁵³ and 2⁻²⁴: what a rounding costs, relative to the result. */
export const ROUNDING: f64 = 1.1102230246251565e-16;
export const ROUNDING_32: f64 = 5.960464477539063e-8;

/** A power of two that brings a length to [1, 2); 1 for none, and for lengths that square to nothing or to ∞. */
export function inverseOf(length: f64): f64 {
  const exponent = <i32>((reinterpret<u64>(length) >> 52) & 0x7ff) - 1023;
  if (exponent < -400 || exponent > 400) return 1;
  return reinterpret<f64>(<u64>(1023 - exponent) << 52);
}

/** A float32 number that is no smaller, also where that is the smallest of all. */
export function roundedUp(value: f64): f32 {
  return <f32>(value + 4 * ROUNDING_32 * Math.abs(value) + 1e-30);
}
