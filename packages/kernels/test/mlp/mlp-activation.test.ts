import { describe, expect, it } from 'vitest';
import { createMlpEvaluator, type Kernels, localHost } from '../../src/index.js';
import { mlpActivation } from '../../src/reference/mlp-activation.js';
import { expectSameBits, loadVariants, seededNumbers } from '../parity/variants.js';
import { networkOf } from './networks.js';

const lambda = 1.0507009873554805;
const alpha = 1.6732632423543772;
const gate = (z: number) => 1 / (1 + Math.exp(-z));

// The definitions in float64; `softplus` and the slopes are held to their own size, the others to that of z.
const definitions = [
  {
    ...{ kind: 0, name: 'SELU' },
    value: (z: number) => lambda * (z > 0 ? z : alpha * Math.expm1(z)),
    slope: (z: number) => lambda * (z > 0 ? 1 : alpha * Math.exp(z)),
  },
  { kind: 1, name: 'SiLU', value: (z: number) => z * gate(z), slope: (z: number) => gate(z) * (1 + z * (1 - gate(z))) },
  { kind: 2, name: 'ReLU', value: (z: number) => Math.max(z, 0), slope: (z: number) => (z > 0 ? 1 : 0) },
  { kind: 3, name: 'tanh', value: Math.tanh, slope: (z: number) => 1 - Math.tanh(z) ** 2 },
  {
    ...{ kind: 4, name: 'softplus' },
    value: (z: number) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
    slope: gate,
  },
];
const cases = (await loadVariants()).flatMap((variant) =>
  definitions.map((definition) => ({ ...definition, binary: variant.name, kernels: variant.kernels })),
);

describe.each(cases)('$name of the $binary binary', ({ kind, binary, kernels, value, slope }) => {
  const near = seededNumbers(4000, 1, -12, 12);
  const z = Float32Array.of(
    ...near,
    ...near.map((x) => x * 1e-4),
    ...seededNumbers(1000, 2, -300, 300),
    0,
    1e30,
    -1e30,
  );

  it('is within 5e-7·|z| of its definition, its derivative within 5e-7·max(1, |z|)', () => {
    const { values, slopes } = activate(kernels, kind, z);
    const isOff = (got: number, expected: number, scale: number) => !(Math.abs(got - expected) < 5e-7 * scale);
    // softplus(0) is log 2: its scale is its own, with the relative error of e^−|z| that grows with |z|; below 2^−125
    // it is that much.
    const scaleOf = (x: number) =>
      kind === 4 ? value(x) * Math.max(1, Math.abs(x)) + 1e-31 : Math.max(Math.abs(x), 1e-30);
    expect(values.findIndex((got, i) => isOff(got, value(z[i]), scaleOf(z[i])))).toBe(-1);
    expect(slopes.findIndex((got, i) => isOff(got, slope(z[i]), Math.max(Math.abs(z[i]), 1)))).toBe(-1);
    if (kind === 4) expect(values.every((each) => each > 0)).toBe(true);
  });

  it('has the bits of the oracle in the plain binary', () => {
    if (binary !== 'plain') return;
    const { values, slopes } = activate(kernels, kind, z);
    // The network adds a bias of 0, which turns −0 into 0.
    expectSameBits(
      values,
      Float64Array.from(z, (x) => mlpActivation(kind, x)[0] + 0),
    );
    expectSameBits(
      slopes,
      Float64Array.from(z, (x) => mlpActivation(kind, x)[1] + 0),
    );
  });

  it('keeps NaN, and infinity on the side where it grows', () => {
    const { values } = activate(kernels, kind, Float32Array.of(NaN, Infinity));
    expect([...values]).toEqual([NaN, kind === 3 ? 1 : Infinity]);
  });
});

/** Values and derivatives by way of a network of one hidden unit that is otherwise the identity. */
function activate(kernels: Kernels, kind: number, z: Float32Array) {
  const evaluator = createMlpEvaluator(localHost(kernels), networkOf([1, 1, 1], kind));
  evaluator.load(Float32Array.of(1, 0, 1, 0));
  const points = Float64Array.from(z);
  const none = new Float32Array(0);
  const [values, slopes] = [points.slice(), points.slice()];
  evaluator.forward(points, none, values);
  evaluator.jacobianProduct(points, none, new Float64Array(z.length).fill(1), slopes);
  evaluator.release();
  return { values, slopes };
}
