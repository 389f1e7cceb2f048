import { describe, expect, it } from 'vitest';
import { createMlpTrainer, type KernelHost, localHost, type MlpShape } from '../../src/index.js';
import { mlpLossAndGradient } from '../../src/reference/mlp-gradient.js';
import { mlpUpdate } from '../../src/reference/mlp-update.js';
import { expectSameBits, loadVariants, seededNumbers } from '../parity/variants.js';
import { batchOf, gradientOf, networkOf, parametersOf, withWideProducts } from './networks.js';

const variants = withWideProducts(await loadVariants());
const plain = localHost(variants[0].kernels);
const activations = [0, 1, 2, 3, 4];

// Around pairs of outputs, groups of sixteen samples and blocks of 64; wide layers with few samples.
const networks = [
  [1, 1],
  [2, 1],
  [3, 2],
  [3, 1, 2],
  [5, 15, 4],
  [2, 16, 2],
  [4, 17, 3, 2],
  [3, 33, 64, 3],
  [17, 7, 17],
  [20, 70, 19],
];
const counts = [1, 15, 16, 17, 63, 64, 65];
const wide = [
  [3, 255, 256, 2],
  [2, 257, 2],
  [40, 512, 33],
];

describe.each(variants)('the gradient of the $name binary', ({ kernels }) => {
  it.each(networks.map((widths) => [widths.join('-'), widths] as const))('is the oracle’s for %s', (_, widths) => {
    for (const count of counts) check(networkOf(widths), count);
  });

  it.each(activations)('is the oracle’s with activation %i, over lanes of several blocks', (activation) => {
    check(networkOf([3, 9, 6, 2], activation), 700);
  });

  it.each(wide.map((widths) => [widths.join('-'), widths] as const))(
    'is the oracle’s for wide layers %s',
    (_, widths) => {
      check(networkOf(widths), 17);
    },
  );

  function check(shape: MlpShape, count: number): void {
    const parameters = parametersOf(shape);
    const batch = batchOf(shape, count);
    const mark = kernels.arena.mark();
    const trainer = createMlpTrainer(localHost(kernels), shape);
    trainer.load({ parameters });
    const got = gradientOf(trainer, batch);
    const expected = mlpLossAndGradient(shape, parameters, batch);
    trainer.release();
    expect(kernels.arena.mark()).toBe(mark);
    if (!kernels.isRelaxed) {
      expect(got.loss).toBe(expected.loss);
      expect(got.squaredNorm).toBe(expected.squaredNorm);
      expectSameBits(got.gradient, expected.gradient);
      return;
    }
    // Fused sums round once where the oracle rounds twice: a few units of 2^-24 of values near 1, through every
    // layer. An entry of the gradient is a mean over samples and coordinates of products of such values.
    const bound = 1e-4;
    expect(Math.abs(got.loss - expected.loss)).toBeLessThan(bound);
    expect(got.gradient.findIndex((value, i) => !(Math.abs(value - expected.gradient[i]) < bound))).toBe(-1);
  }
});

describe('the gradient', () => {
  it('does not depend on what other batches were computed before, larger or smaller', () => {
    const shape = networkOf([3, 8, 2]);
    const trainer = trainerOf(plain, shape);
    const batch = batchOf(shape, 100);
    const first = gradientOf(trainer, batch);
    for (const count of [1, 700, 100]) gradientOf(trainer, batchOf(shape, count, 9));
    expect(gradientOf(trainer, batch)).toEqual(first);
  });

  it('adds nothing for samples of weight 0', () => {
    const shape = networkOf([3, 8, 2]);
    const trainer = trainerOf(plain, shape);
    const batch = batchOf(shape, 80);
    batch.weights.fill(0);
    expect(gradientOf(trainer, batch)).toEqual({ loss: 0, squaredNorm: 0, gradient: new Float32Array(50) });
  });

  it.each([NaN, Infinity])('shows %d of an input, a target, a weight or a parameter in the loss', (value) => {
    const shape = networkOf([3, 8, 2]);
    for (const where of ['inputs', 'targets', 'weights'] as const) {
      const trainer = trainerOf(plain, shape);
      const batch = batchOf(shape, 80);
      batch[where][2] = value;
      const { loss, squaredNorm } = gradientOf(trainer, batch);
      expect([where, Number.isFinite(loss), Number.isFinite(squaredNorm)]).toEqual([where, false, false]);
    }
    const trainer = trainerOf(plain, shape);
    const parameters = parametersOf(shape);
    parameters[49] = value;
    trainer.load({ parameters });
    expect(gradientOf(trainer, batchOf(shape, 80)).loss).not.toSatisfy(Number.isFinite);
  });

  it('refuses arrays of another length', () => {
    const trainer = createMlpTrainer(plain, networkOf([3, 8, 2]), { keepsSums: true });
    for (const name of ['parameters', 'means', 'squares', 'sums']) {
      expect(() => trainer.load({ [name]: new Float32Array(51) })).toThrow(`"${name}" expected length 50, got 51`);
    }
    expect(() => trainer.readGradient(new Float32Array(51))).toThrow('"out" expected length 50, got 51');
    expect(() => trainer.readParameters(new Float32Array(51))).toThrow('"out" expected length 50, got 51');
  });

  it('needs a batch', () => {
    expect(() => trainerOf(plain, networkOf([1, 1])).gradient()).toThrow('"gradient" expected a batch first');
    expect(() => trainerOf(plain, networkOf([1, 1])).batch(0)).toThrow('"count" expected a whole number');
  });
});

describe.each(variants)('the update of the $name binary', ({ kernels }) => {
  // 8 · 200 + 201 · 7 = 3007 parameters are three chunks, the last of an odd number.
  it.each([true, false])('has the bits of the oracle over several steps, keepsSums %s', (keepsSums) => {
    const shape = networkOf([7, 200, 7]);
    const trainer = createMlpTrainer(localHost(kernels), shape, { keepsSums });
    const { parameterCount } = trainer;
    expect(parameterCount % 2).toBe(1);
    const zeros = () => new Float32Array(parameterCount);
    const sums = keepsSums ? zeros() : undefined;
    const expected = { parameters: parametersOf(shape), means: zeros(), squares: zeros(), sums };
    trainer.load(expected);
    for (let step = 1; step <= 3; step++) {
      const { gradient } = gradientOf(trainer, batchOf(shape, 40, step));
      const [scale, rate] = seededNumbers(2, step, 0.1, 1);
      const update = {
        ...{ gradientScale: scale, pull: 0.01 * step, beta1: 0.9, beta2: 0.999, rate: rate * 0.1, shrink: 0.99 },
        ...{ rootScale: 30, epsilon: 1e-8, decay: 0.95 },
      };
      trainer.update(update);
      mlpUpdate(expected, gradient, update);
      const got = trainer.read();
      for (const key of ['parameters', 'means', 'squares'] as const) expectSameBits(got[key], expected[key]);
      expectSameBits(got.sums ?? [], expected.sums ?? []);
      // The next way forward must see the moved parameters in their transposed copy as well.
      const fresh = trainerOf(localHost(kernels), shape, got.parameters);
      expect(gradientOf(trainer, batchOf(shape, 40))).toEqual(gradientOf(fresh, batchOf(shape, 40)));
    }
  });
});

describe('createMlpTrainer', () => {
  it('refuses layers that do not fit together', () => {
    const of = (layers: MlpShape['layers'], activation = 0) => createMlpTrainer(plain, { layers, activation });
    expect(() => of([])).toThrow('"layers" expected at least one layer');
    expect(() => of(3 as never)).toThrow('"layers" expected an array');
    expect(() => of([{ features: 1, outputs: 2 }])).toThrow('"layers[0].features" expected a whole number');
    expect(() => of([{ features: 2, outputs: 0 }])).toThrow('outputs" expected');
    expect(() =>
      of([
        { features: 2, outputs: 3 },
        { features: 2, outputs: 2 },
      ]),
    ).toThrow('"layers[1].features" expected');
    expect(() => of([{ features: 1, outputs: 1 }], 5)).toThrow('"activation" expected a whole number in [0, 4], got 5');
    // @ts-expect-error: an unknown option
    expect(() => createMlpTrainer(plain, networkOf([1, 1]), { sums: true })).toThrow('expected only the options');
  });
});

function trainerOf(host: KernelHost, shape: MlpShape, parameters = parametersOf(shape)) {
  const trainer = createMlpTrainer(host, shape);
  trainer.load({ parameters });
  return trainer;
}
