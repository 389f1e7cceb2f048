// The arithmetic of assembly/mlp-*.ts, number by number, on row-major arrays: the plain binary gives the same bits.

const { fround } = Math;

/** x·W in float32, shapes [count, depth] and [depth, outputs]: each entry a sum in the order of the inner index. */
export function mlpProduct(
  x: Float32Array,
  weights: Float32Array,
  sizes: { count: number; depth: number; outputs: number },
): Float32Array {
  const { count, depth, outputs } = sizes;
  const out = new Float32Array(count * outputs);
  for (let s = 0; s < count; s++) {
    for (let o = 0; o < outputs; o++) {
      let sum = 0;
      for (let k = 0; k < depth; k++) sum = fround(sum + fround(x[s * depth + k] * weights[k * outputs + o]));
      out[s * outputs + o] = sum;
    }
  }
  return out;
}

/** Adds xᵀ·δ in float32, shapes [count, inputs] and [count, outputs], to `gradient`: the sum over samples comes first. */
export function mlpAddGradient(
  x: Float32Array,
  delta: Float32Array,
  gradient: Float32Array,
  sizes: { count: number; inputs: number; outputs: number },
): void {
  const { count, inputs, outputs } = sizes;
  for (let i = 0; i < inputs; i++) {
    for (let o = 0; o < outputs; o++) {
      let sum = 0;
      for (let s = 0; s < count; s++) sum = fround(sum + fround(x[s * inputs + i] * delta[s * outputs + o]));
      gradient[i * outputs + o] += sum;
    }
  }
}

/** An activation (0 SELU, 1 SiLU, 2 ReLU, 3 tanh) of one float32 number, and its derivative. */
export function mlpActivate(kind: number, z: number): [value: number, slope: number] {
  if (kind === 2) return [z < 0 ? 0 : z, z > 0 ? 1 : 0];
  if (kind === 0) {
    if (z > 0) return [fround(z * seluScale), seluScale];
    const below = fround(exponentialMinusOne(Math.min(z, 0)) * seluDepth);
    return [below, fround(below + seluDepth)];
  }
  if (kind === 1) {
    const gate = fround(1 / fround(exponentialMinusOne(-z) + 2));
    const value = fround(z * gate);
    return [value, fround(gate + fround(value * fround(1 - gate)))];
  }
  const grown = exponentialMinusOne(fround(z + z));
  const value = fround(grown / fround(grown + 2));
  return [value, fround(1 - fround(value * value))];
}

/**
 * Replaces the velocities v, shape [8·groups, dim], by (v − target)·(weight·factor) and returns Σ weight·(v − target)² in
 * float64: four running sums for the samples 4q, 4q + 1, …, over groups, then coordinates, then halves of a group.
 */
export function mlpResiduals(
  velocity: Float32Array,
  target: Float32Array,
  weights: Float32Array,
  dim: number,
  factor: number,
): number {
  const sums = [0, 0, 0, 0];
  for (let first = 0; first < weights.length; first += 8) {
    for (let k = 0; k < dim; k++) {
      for (let s = first; s < first + 8; s++) {
        const residual = fround(velocity[s * dim + k] - target[s * dim + k]);
        velocity[s * dim + k] = residual * fround(weights[s] * fround(factor));
        sums[s % 4] += weights[s] * (residual * residual);
      }
    }
  }
  return sums[0] + sums[2] + (sums[1] + sums[3]);
}

const rounder = 12582912;
const [seluScale, seluDepth] = [fround(1.0507009873554805), fround(1.7580993408473766)];
const series = [1, 0.5, 0.16666504740715027, 0.04166646674275398, 0.00836915522813797, 0.0013933649752289057];

function exponentialMinusOne(x: number): number {
  const clamped = Math.max(Math.min(x, 87), -30);
  const n = fround(fround(fround(clamped * fround(1.4426950408889634)) + rounder) - rounder);
  const r = fround(fround(clamped - fround(n * 0.693359375)) - fround(n * fround(-2.1219444170128554e-4)));
  const [c0, c1, c2, c3, c4, c5] = series as [number, number, number, number, number, number];
  const square = fround(r * r);
  const low = fround(fround(c1 * r) + c0);
  const middle = fround(fround(c3 * r) + c2);
  const top = fround(fround(c5 * r) + c4);
  const quotient = fround(fround(fround(fround(top * square) + middle) * square) + low);
  const power = 2 ** n;
  return fround(fround(fround(quotient * r) * power) + fround(power - 1));
}
