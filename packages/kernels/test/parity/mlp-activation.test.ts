import { describe, expect, it } from 'vitest';
import type { Kernels } from '../../src/index.js';
import { mlpActivate, mlpResiduals } from '../../src/reference/mlp.js';
import { fromGroups, roundUp, rowsFor, toGroups } from './sample-groups.js';
import { expectSameBits, inArena, loadVariants, seededNumbers } from './variants.js';

const widths = [1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 64];
const counts = [...Array.from({ length: 17 }, (_, k) => k + 1), 64, 65, 512];
const variants = await loadVariants();

const definitions = [
  { kind: 0, name: 'SELU', value: selu, slope: (z: number) => (z > 0 ? 1 : 1.6732632423543772 * Math.exp(z)) * lambda },
  { kind: 1, name: 'SiLU', value: (z: number) => z * gate(z), slope: (z: number) => gate(z) * (1 + z * (1 - gate(z))) },
  { kind: 2, name: 'ReLU', value: (z: number) => Math.max(z, 0), slope: (z: number) => (z > 0 ? 1 : 0) },
  { kind: 3, name: 'tanh', value: Math.tanh, slope: (z: number) => 1 - Math.tanh(z) ** 2 },
];
const cases = variants.flatMap((variant) =>
  definitions.map((definition) => ({ ...definition, binary: variant.name, kernels: variant.kernels })),
);

describe.each(cases)('$name of the $binary binary', ({ kind, binary, kernels, value, slope }) => {
  it('is within 5e-7·|z| of its definition, its derivative within 5e-7·max(1, |z|); the plain binary has the bits of the oracle', () => {
    const near = seededNumbers(4000, 1, -12, 12);
    const z = Float32Array.of(...near, ...near.map((x) => x * 1e-4), ...seededNumbers(1000, 2, -200, 200), 0, -0);
    const { values, slopes } = activate(kernels, kind, z, z.length, 1);
    for (const [i, x] of z.entries()) {
      expect(Math.abs(values[i] - value(x))).toBeLessThan(5e-7 * Math.max(Math.abs(x), 1e-30));
      expect(Math.abs(slopes[i] - slope(x))).toBeLessThan(5e-7 * Math.max(Math.abs(x), 1));
    }
    if (binary !== 'plain') return;
    expectSameBits(
      values,
      z.map((x) => mlpActivate(kind, x)[0]),
    );
    expectSameBits(
      slopes,
      z.map((x) => mlpActivate(kind, x)[1]),
    );
  });

  it('keeps NaN, and infinity on the side where it grows', () => {
    const { values } = activate(kernels, kind, Float32Array.of(NaN, Infinity), 2, 1);
    expect([...values]).toEqual([NaN, kind === 3 ? 1 : Infinity]);
  });

  it.each(widths)('touches its %i rows, the row of ones after them, and no more', (width) => {
    for (const count of counts) {
      const z = Float32Array.from(seededNumbers(count * width, 3));
      const { values, ones, slopes, beyond } = activate(kernels, kind, z, count, width);
      expect(values.findIndex((got, i) => Math.abs(got - value(z[i])) > 5e-7)).toBe(-1);
      expect(slopes.findIndex((got, i) => Math.abs(got - slope(z[i])) > 5e-7)).toBe(-1);
      expect(ones).toBe(true);
      expect(beyond).toBe(-7);
    }
  });
});

describe.each(variants)('residuals of the $name binary', ({ kernels }) => {
  it.each(counts)('and their loss have the bits of the oracle for %i samples', (count) => {
    for (const dim of [1, 2, 3, 4, 5, 7, 8, 17]) {
      const samples = roundUp(count, 8);
      const velocity = new Float32Array(samples * dim);
      const target = new Float32Array(samples * dim);
      const weights = new Float32Array(samples);
      velocity.set(seededNumbers(count * dim, 1));
      target.set(seededNumbers(count * dim, 2));
      weights.set(seededNumbers(count, 3, 0, 2));
      const got = residuals(kernels, velocity, target, weights, dim, 0.3);
      const loss = mlpResiduals(velocity, target, weights, dim, 0.3);
      expect(got.loss).toBe(loss);
      expectSameBits(got.delta, velocity);
    }
  });
});

describe.each(variants)('slopes of the $name binary', ({ kernels }) => {
  it.each(widths)('multiply %i rows and leave the others alone', (width) => {
    const { arena, exports } = kernels;
    const [count, rows] = [19, rowsFor(width)];
    const [delta, slopes] = [seededNumbers(count * width, 1), seededNumbers(count * width, 2)].map((each) =>
      Float32Array.from(each),
    );
    const product = inArena(kernels, () => {
      const at = toGroups(kernels, delta, count, width, rows);
      arena.float32(at, rows * 8)[width * 8] = -7;
      exports.mlpScale(at, toGroups(kernels, slopes, count, width, rows), rows, width, 3);
      expect(arena.float32(at, rows * 8)[width * 8]).toBe(-7);
      return fromGroups(kernels, at, count, width, rows);
    });
    expectSameBits(
      product,
      delta.map((each, i) => each * slopes[i]),
    );
  });
});

const lambda = 1.0507009873554805;

function selu(z: number): number {
  return lambda * (z > 0 ? z : 1.6732632423543772 * Math.expm1(z));
}

function gate(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

function activate(kernels: Kernels, kind: number, z: Float32Array, count: number, width: number) {
  const { arena, exports } = kernels;
  return inArena(kernels, () => {
    const [rows, groups] = [rowsFor(width), Math.ceil(count / 8)];
    const at = toGroups(kernels, z, count, width, rows);
    const slopesAt = arena.allocate(groups * rows * 32);
    const end = arena.allocate(16);
    arena.float32(end, 1)[0] = -7;
    exports.mlpActivate(kind, at, rows, width, groups, slopesAt);
    const whole = fromGroups(kernels, at, groups * 8, rows, rows);
    return {
      values: fromGroups(kernels, at, count, width, rows),
      slopes: fromGroups(kernels, slopesAt, count, width, rows),
      ones: whole.every((each, i) => i % rows < width || each === (i % rows === width ? 1 : 0)),
      beyond: arena.float32(end, 1)[0],
    };
  });
}

function residuals(
  kernels: Kernels,
  velocity: Float32Array,
  target: Float32Array,
  weights: Float32Array,
  dim: number,
  factor: number,
) {
  const { exports } = kernels;
  return inArena(kernels, () => {
    const [rows, count] = [rowsFor(dim), weights.length];
    const at = toGroups(kernels, velocity, count, dim, rows);
    const wanted = toGroups(kernels, target, count, dim, dim);
    const weightsAt = toGroups(kernels, weights, count, 1, 1);
    const loss = exports.mlpResiduals(at, rows, wanted, dim, weightsAt, factor, count / 8);
    return { loss, delta: fromGroups(kernels, at, count, dim, rows) };
  });
}
