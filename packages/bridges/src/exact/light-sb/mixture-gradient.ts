/**
 * The loss of LightSB and its gradient, by hand. With Sₖ = LₖLₖᵀ, log c(x) = log Σ αₖ exp((xᵀSₖx + 2rₖ·x)/(2ε)) normalises the plan at x, and
 * log v(y) = log Σ αₖ N(y; rₖ, εSₖ) is the potential at y. A component is laid out as log αₖ, rₖ, then Lₖ/unit by rows with log of its diagonal.
 */
import { exp, log } from '@brenier/elementary';

/** The shape of a mixture. */
export interface MixtureShape {
  readonly dim: number;
  readonly numComponents: number;
  /** Whether Lₖ has entries below its diagonal. */
  readonly isFull: boolean;
  /** Of the factors Lₖ: where ε is large they are small, and steps in their entries must be too. */
  readonly unit: number;
}

/** Numbers of one component. */
export function componentLength({ dim, isFull }: MixtureShape): number {
  return 1 + dim + (isFull ? (dim * (dim + 1)) / 2 : dim);
}

/** The lower triangular factor of one component, shape [dim, dim]. */
export function factorOf(shape: MixtureShape, parameters: ArrayLike<number>, k: number): Float64Array {
  const { dim, isFull, unit } = shape;
  const factor = new Float64Array(dim * dim);
  let at = k * componentLength(shape) + 1 + dim;
  for (let i = 0; i < dim; i++) {
    for (let j = isFull ? 0 : i; j < i; j++) factor[i * dim + j] = unit * parameters[at++];
    factor[i * dim + i] = unit * exp(parameters[at++]);
  }
  return factor;
}

/** Adds `scale` times the gradient of log c(x), or of log v(y), to `gradient`; returns the value. */
export type LogGradient = (point: Float64Array, scale: number, gradient: Float64Array) => number;

/** Both logarithms at fixed parameters. */
export function logGradients(
  shape: MixtureShape,
  parameters: ArrayLike<number>,
  epsilon: number,
): [c: LogGradient, v: LogGradient] {
  const { dim, numComponents } = shape;
  const length = componentLength(shape);
  const factors = Array.from({ length: numComponents }, (_, k) => factorOf(shape, parameters, k));
  const logs = new Float64Array(numComponents);
  const centre = (k: number, i: number): number => parameters[k * length + 1 + i];
  const left = Array.from({ length: numComponents }, () => new Float64Array(dim));
  const right = Array.from({ length: numComponents }, () => new Float64Array(dim));
  const constant = -0.5 * dim * log(6.283185307179586 * epsilon);

  const logC: LogGradient = (x, scale, gradient) => {
    for (let k = 0; k < numComponents; k++) {
      let product = 0;
      for (let i = 0; i < dim; i++) product += centre(k, i) * x[i];
      const image = multiplyTransposed(factors[k], x, right[k]);
      logs[k] = parameters[k * length] + (0.5 * squaredNorm(image) + product) / epsilon;
    }
    return spread(scale, gradient, (k, weight) => {
      for (let i = 0; i < dim; i++) gradient[k * length + 1 + i] += (weight * x[i]) / epsilon;
      addOuter(shape, gradient, k, weight / epsilon, x, right[k], factors[k], 0);
    });
  };

  const logV: LogGradient = (y, scale, gradient) => {
    for (let k = 0; k < numComponents; k++) {
      const z = solveLower(factors[k], y, (i) => centre(k, i), right[k]);
      solveUpper(factors[k], z, left[k]);
      let logDet = 0;
      for (let i = 0; i < dim; i++) logDet += log(factors[k][i * dim + i]);
      logs[k] = parameters[k * length] - logDet - (0.5 * squaredNorm(z)) / epsilon;
    }
    const value = spread(scale, gradient, (k, weight) => {
      for (let i = 0; i < dim; i++) gradient[k * length + 1 + i] += (weight * left[k][i]) / epsilon;
      addOuter(shape, gradient, k, weight / epsilon, left[k], right[k], factors[k], -weight);
    });
    return value + constant;
  };

  /** log Σ e^logs; each component gets its share of the gradient. */
  function spread(scale: number, gradient: Float64Array, add: (k: number, weight: number) => void): number {
    const top = logs.reduce((most, each) => Math.max(most, each), -Infinity);
    let sum = 0;
    for (let k = 0; k < numComponents; k++) sum += exp(logs[k] - top);
    for (let k = 0; k < numComponents; k++) {
      const weight = (scale * exp(logs[k] - top)) / sum;
      gradient[k * length] += weight;
      add(k, weight);
    }
    return top + log(sum);
  }

  return [logC, logV];
}

/** Adds weight·(a bᵀ) to the gradient of Lₖ, and `ofLogDiagonal` to that of its log diagonal. */
function addOuter(
  shape: MixtureShape,
  gradient: Float64Array,
  k: number,
  weight: number,
  a: Float64Array,
  b: Float64Array,
  factor: Float64Array,
  ofLogDiagonal: number,
): void {
  const { dim, isFull, unit } = shape;
  let at = k * componentLength(shape) + 1 + dim;
  for (let i = 0; i < dim; i++) {
    for (let j = isFull ? 0 : i; j < i; j++) gradient[at++] += weight * a[i] * b[j] * unit;
    gradient[at++] += weight * a[i] * b[i] * factor[i * dim + i] + ofLogDiagonal;
  }
}

function squaredNorm(x: Float64Array): number {
  let sum = 0;
  for (const each of x) sum += each * each;
  return sum;
}

/** Lᵀx. */
function multiplyTransposed(factor: Float64Array, x: Float64Array, out: Float64Array): Float64Array {
  const dim = x.length;
  out.fill(0);
  for (let i = 0; i < dim; i++) for (let j = 0; j <= i; j++) out[j] += factor[i * dim + j] * x[i];
  return out;
}

/** L⁻¹(y − r). */
function solveLower(factor: Float64Array, y: Float64Array, r: (i: number) => number, out: Float64Array): Float64Array {
  const dim = y.length;
  for (let i = 0; i < dim; i++) {
    let sum = y[i] - r(i);
    for (let j = 0; j < i; j++) sum -= factor[i * dim + j] * out[j];
    out[i] = sum / factor[i * dim + i];
  }
  return out;
}

/** L⁻ᵀz. */
function solveUpper(factor: Float64Array, z: Float64Array, out: Float64Array): void {
  const dim = z.length;
  for (let i = dim - 1; i >= 0; i--) {
    let sum = z[i];
    for (let j = i + 1; j < dim; j++) sum -= factor[j * dim + i] * out[j];
    out[i] = sum / factor[i * dim + i];
  }
}
