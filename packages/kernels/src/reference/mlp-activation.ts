// The arithmetic of assembly/mlp/activation.ts, number by number: the plain binary gives the same bits.

const { fround } = Math;

const rounder = 12582912;
const log2e = fround(1.4426950408889634);
const [seluScale, seluDepth] = [fround(1.0507009873554805), fround(1.7580993408473766)];
const series = [
  0.6931471824645996, 0.24022649228572845, 0.05550357326865196, 0.009618237614631653, 0.0013390735257416964,
  0.00015403507859446108,
] as const;
const logarithm = [2, 0.6666631698608398, 0.40024909377098083, 0.27960604429244995, 0.28178325295448303] as const;

/** An activation (0 SELU, 1 SiLU, 2 ReLU, 3 tanh, 4 softplus) of one float32 number, and its derivative. */
export function mlpActivation(kind: number, z: number): [value: number, slope: number] {
  return [selu, silu, relu, tanh, softplus][kind](z);
}

function selu(z: number): [number, number] {
  const [q, power] = split(fround(least(Math.min(z, 0), -30) * log2e));
  const below = fround(fround(fround(q * power) + fround(power - 1)) * seluDepth);
  const slope = fround(below + seluDepth);
  return [fround(fround(atLeast0(z) * seluScale) + below), z > 0 ? seluScale : slope];
}

function silu(z: number): [number, number] {
  const [q, power] = split(least(Math.min(fround(z * fround(-log2e)), 125), -60));
  const gate = fround(1 / fround(fround(fround(q * power) + power) + 1));
  const value = fround(z * gate);
  return [value, fround(gate + fround(value * fround(1 - gate)))];
}

function relu(z: number): [number, number] {
  return [atLeast0(z), z > 0 ? 1 : 0];
}

function tanh(z: number): [number, number] {
  const [q, power] = split(least(Math.min(fround(z * fround(2 * log2e)), 60), -60));
  const grown = fround(fround(q * power) + fround(power - 1));
  const value = fround(grown / fround(grown + 2));
  return [value, fround(1 - fround(value * value))];
}

function softplus(z: number): [number, number] {
  const [q, power] = split(least(fround(Math.abs(z) * fround(-log2e)), -125));
  const u = fround(fround(q * power) + power);
  const s = fround(u / fround(u + 2));
  const w = fround(s * s);
  const square = fround(w * w);
  const low = fround(fround(logarithm[1] * w) + logarithm[0]);
  const middle = fround(fround(logarithm[3] * w) + logarithm[2]);
  const high = fround(fround(logarithm[4] * square) + middle);
  const quotient = fround(fround(high * square) + low);
  return [fround(fround(quotient * s) + atLeast0(z)), fround((z > 0 ? 1 : u) / fround(u + 1))];
}

/** 2^f − 1 and 2^n for t = n + f. */
function split(t: number): [q: number, power: number] {
  const n = fround(fround(t + rounder) - rounder);
  const f = fround(t - n);
  const square = fround(f * f);
  const low = fround(fround(series[1] * f) + series[0]);
  const middle = fround(fround(series[3] * f) + series[2]);
  const top = fround(fround(series[5] * f) + series[4]);
  const quotient = fround(fround(fround(fround(top * square) + middle) * square) + low);
  return [fround(quotient * f), 2 ** n];
}

/** The larger of two numbers; the first where it is NaN. */
function least(x: number, bound: number): number {
  return x < bound ? bound : x;
}

/** max(z, 0), with −0 and NaN kept. */
function atLeast0(z: number): number {
  return z < 0 ? 0 : z;
}
