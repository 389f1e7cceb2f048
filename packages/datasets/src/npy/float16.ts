/** The number that 16 bits stand for in IEEE 754's binary16; exact. */
export function fromFloat16(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return (sign * fraction) / 2 ** 24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return (sign * (1024 + fraction) * (1 << exponent)) / 2 ** 25;
}
