import { createWorkerPool } from '@brenier/kernels';
import { createRng, fillNormal, fillUniform } from '@brenier/random';
import { centralDifferences, expectAllClose, expectClose } from '@brenier/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeModel, encodeModel, fusedMlp, type TrainingBatch, type VelocityMlpOptions } from '../../src/fused.js';
import { asArrayField, velocityMlp } from '../../src/index.js';
import { referenceLoss, referenceVelocity } from '../reference-mlp.js';
import { swirlBatch } from '../swirl.js';
import { testedEngineLabel, useEngine } from '../tested-engines.js';

const shapes: VelocityMlpOptions[] = [
  { dim: 2, hidden: [6, 5, 4] },
  { dim: 3, hidden: [7, 4], activation: 'silu', time: { fourier: 3 } },
  { dim: 1, hidden: [5], activation: 'tanh', time: { fourier: 1 } },
  { dim: 2, hidden: [5, 6], activation: 'relu' },
  { dim: 9, hidden: [16, 17, 15, 8, 1, 2, 3, 4] },
  { dim: 2, hidden: [] },
];

function batchOf(dim: number, count: number, isWeighted: boolean): TrainingBatch {
  const rng = createRng('batch');
  const draw = (length: number) => fillNormal(rng, new Float32Array(length));
  const weight = isWeighted ? { weight: fillUniform(rng, new Float32Array(count)) } : {};
  const t = fillUniform(rng, new Float32Array(count));
  return { count, dim, t, x: draw(count * dim), target: draw(count * dim), ...weight };
}

describe('a fused velocity network', () => {
  it.each(shapes)('computes the velocities of the definition: %j', (options) => {
    const network = fusedMlp(options);
    const { dim } = network;
    const parameters = network.initParameters(createRng(1));
    const field = network.field(parameters);
    for (const count of [0, 1, 8, 9, 64, 67]) {
      const x = Float64Array.from(batchOf(dim, count, false).x);
      const out = new Float64Array(count * dim);
      for (const t of [0, 0.3, 1]) {
        field.evaluate(x, t, out);
        const points = Array.from({ length: count }, (_, i) => [...x.subarray(i * dim, (i + 1) * dim)]);
        const expected = points.flatMap((point) => referenceVelocity(network, parameters, point, t));
        // float32: 6e-8 a rounding, a few dozen roundings on values of order 1.
        expectAllClose(out, expected, { relative: 3e-6 });
      }
    }
  });

  it.each(shapes)('computes loss and gradient of the definition: %j', (options) => {
    const network = fusedMlp(options);
    const parameters = network.initParameters(createRng(2));
    const gradient = new Float32Array(network.parameterCount);
    for (const [count, isWeighted] of [
      [1, false],
      [11, true],
      [70, false],
      [70, true],
    ] as const) {
      const batch = batchOf(network.dim, count, isWeighted);
      const loss = network.lossAndGradient(parameters, batch, gradient.fill(7));
      expectClose(loss, referenceLoss(network, parameters, batch), { relative: 3e-6 });
      if (network.parameterCount > 500) continue; // differences for each parameter would take long
      // Differences in float64 are good to 1e-9; the rest is float32.
      const expected = centralDifferences((p) => referenceLoss(network, p, batch), Float64Array.from(parameters));
      expectAllClose(gradient, expected, { relative: 1e-5 });
    }
  });

  it('does not depend on what the borrowed memory held before', () => {
    const small = fusedMlp({ dim: 3, hidden: [7, 9] });
    const parameters = small.initParameters(createRng(3));
    const batch = batchOf(3, 13, false);
    const [before, after] = [new Float32Array(small.parameterCount), new Float32Array(small.parameterCount)];
    const loss = small.lossAndGradient(parameters, batch, before);
    const wide = fusedMlp({ dim: 2, hidden: [33, 34] });
    const poison = new Float32Array(wide.parameterCount).fill(NaN);
    expect(wide.lossAndGradient(poison, batchOf(2, 64, false), poison.slice())).toBeNaN();
    expect(small.lossAndGradient(parameters, batch, after)).toBe(loss);
    expect(after).toEqual(before);
  });

  it('gives a sample the same velocity in every company', () => {
    const network = fusedMlp({ dim: 2, hidden: [20, 10] });
    const field = network.field(network.initParameters(createRng(4)));
    const x = fillNormal(createRng(5), new Float64Array(2 * 131));
    const [together, alone] = [new Float64Array(2 * 131), new Float64Array(2 * 131)];
    field.evaluate(x, 0.25, together);
    for (let i = 0; i < x.length; i += 2) field.evaluate(x.subarray(i, i + 2), 0.25, alone.subarray(i, i + 2));
    expect(alone).toEqual(together);
  });

  it('works on the array of the call alone: many networks and fields live side by side', () => {
    const networks = Array.from({ length: 100 }, (_, k) => fusedMlp({ dim: 1, hidden: [k + 1] }));
    const fields = networks.map((network, k) => network.field(network.initParameters(createRng(k))));
    const velocities = () =>
      fields.map((field) => {
        const out = new Float64Array(1);
        field.evaluate(Float64Array.of(0.5), 0.5, out);
        return out[0];
      });
    expect(velocities()).toEqual(velocities());
  });

  it('keeps a field as it was when its parameters change', () => {
    const network = fusedMlp({ dim: 1, hidden: [3] });
    const parameters = network.initParameters(createRng(0));
    const field = network.field(parameters);
    const [before, after] = [new Float64Array(1), new Float64Array(1)];
    field.evaluate(Float64Array.of(0.5), 0.5, before);
    parameters.fill(9);
    field.evaluate(Float64Array.of(0.5), 0.5, after);
    expect(after).toEqual(before);
  });

  it('says the loss is not finite where an input is not', () => {
    for (const activation of ['selu', 'silu', 'relu', 'tanh'] as const) {
      const network = fusedMlp({ dim: 2, hidden: [4, 4], activation });
      const parameters = network.initParameters(createRng(0));
      const gradient = new Float32Array(network.parameterCount);
      for (const name of ['t', 'x', 'target'] as const) {
        const batch = swirlBatch(createRng(0), 5);
        batch[name][3] = NaN;
        expect(network.lossAndGradient(parameters, batch, gradient)).toBeNaN();
      }
      const batch = swirlBatch(createRng(0), 5);
      batch.target[3] = Infinity;
      expect(network.lossAndGradient(parameters, batch, gradient)).toBe(Infinity);
      expect(network.lossAndGradient(parameters.fill(NaN), batch, gradient)).toBeNaN();
    }
  });

  it('says where its bits depend on the machine', async () => {
    const pool = await createWorkerPool({ threads: 1 });
    const network = (isRelaxed: boolean) => fusedMlp({ dim: 2 }, { pool: { ...pool, isRelaxed } });
    expect([network(false).engine, network(true).engine]).toEqual(['fused wasm', 'fused wasm with relaxed SIMD']);
    await pool.dispose();
  });

  it('refuses batches, parameters and points of another shape', () => {
    const network = fusedMlp({ dim: 2, hidden: [3] });
    const parameters = network.initParameters(createRng(0));
    const gradient = parameters.slice();
    const batch = swirlBatch(createRng(0), 4);
    expect(() => fusedMlp({ dim: 2 }, { threads: 2 } as never)).toThrow('"place" expected only the options "pool"');
    expect(() => fusedMlp({ dim: 2 }, { pool: 2 } as never)).toThrow('"place.pool.runNow" expected a function');
    expect(() => fusedMlp({ dim: 0 })).toThrow('"dim" expected a whole number >= 1, got 0');
    expect(() => network.lossAndGradient(parameters, { ...batch, dim: 3 }, gradient)).toThrow(
      '"batch.dim" expected 2, got 3',
    );
    expect(() => network.lossAndGradient(parameters.slice(1), batch, gradient)).toThrow(
      '"parameters" expected length 20, got 19',
    );
    expect(() => network.lossAndGradient(parameters, batch, gradient.slice(1))).toThrow(
      '"gradient" expected length 20, got 19',
    );
    expect(() => network.field(new Float32Array(3))).toThrow('"parameters" expected length 20, got 3');
    const field = network.field(parameters);
    const two = new Float64Array(2);
    expect(() => field.evaluate(new Float64Array(3), 0, two)).toThrow('multiple of 2, got 3');
    expect(() => field.evaluate(new Float64Array(4), 0, two)).toThrow('"out" expected length 4, got 2');
    expect(() => field.evaluate(two, NaN, two.slice())).toThrow('"t" expected a finite number, got NaN');
    expect(() => field.evaluate(new Float32Array(2) as never, 0, two)).toThrow('"x" expected a Float64Array');
  });
});

describe('the two engines of a velocity network', () => {
  beforeAll(async () => {
    await useEngine();
  });

  it.each(shapes)('share description, layout and starting parameters: %j', (options) => {
    const [fused, tensors] = [fusedMlp(options), velocityMlp(options)];
    expect(fused.spec).toEqual(tensors.spec);
    expect(fused.layers).toEqual(tensors.layers);
    expect(fused.parameterCount).toBe(tensors.parameterCount);
    expect(fused.initParameters(createRng(6))).toEqual(tensors.initParameters(createRng(6)));
    expect([fused.engine, tensors.engine]).toEqual(['fused wasm', testedEngineLabel]);
  });

  it.each<VelocityMlpOptions>([
    { dim: 2 },
    { dim: 5, hidden: [64, 100], activation: 'silu', time: { fourier: 4 } },
    { dim: 3, hidden: [130, 40], activation: 'tanh' },
    { dim: 2, hidden: [512, 16], activation: 'relu' },
  ])('agree within float32 rounding: %j', async (options) => {
    const [fused, tensors] = [fusedMlp(options), velocityMlp(options)];
    const parameters = fused.initParameters(createRng(7));
    const batch = batchOf(fused.dim, 300, true);
    const [here, there] = [parameters.slice(), parameters.slice()];
    const loss = fused.lossAndGradient(parameters, batch, here);
    expectClose(loss, await tensors.lossAndGradient(parameters, batch, there), { relative: 3e-6 });
    expectAllClose(here, there, { relative: 1e-5 });
    const model = decodeModel(encodeModel({ spec: fused.spec, parameters }));
    const field = velocityMlp(model.spec.options as VelocityMlpOptions).field(model.parameters);
    const x = Float64Array.from(batch.x);
    const [velocities, others] = [new Float64Array(x.length), new Float64Array(x.length)];
    fused.field(parameters).evaluate(x, 0.7, velocities);
    asArrayField(field).evaluate(x, 0.7, others);
    field.dispose();
    expectAllClose(velocities, others, { relative: 3e-6 });
  });
});
