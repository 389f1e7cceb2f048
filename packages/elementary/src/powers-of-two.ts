/**
 * 2^k for every k in [-1074, 1023], exact, at index k + 1074: a load is faster than assembling the bits of a
 * double.
 */
export const POWERS_OF_TWO: Float64Array = /* @__PURE__ */ tabulate();

/** The index of 2^0 in {@link POWERS_OF_TWO}. */
export const ZERO_POWER = 1074;

const scratch = /* @__PURE__ */ new Float64Array(1);
const scratchWords = /* @__PURE__ */ new Int32Array(scratch.buffer);
const HIGH = /* @__PURE__ */ highWordIndex();

/** The upper 32 bits of a double: sign, exponent, leading 20 bits of the fraction. */
export function highWord(x: number): number {
  scratch[0] = x;
  return scratchWords[HIGH];
}

function tabulate(): Float64Array {
  const powers = new Float64Array(2098);
  powers[0] = Number.MIN_VALUE;
  for (let i = 1; i < powers.length; i++) powers[i] = 2 * powers[i - 1];
  return powers;
}

function highWordIndex(): 0 | 1 {
  const probe = new Float64Array([-0]);
  return new Int32Array(probe.buffer)[1] === 0 ? 0 : 1;
}
