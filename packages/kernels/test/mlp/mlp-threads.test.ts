import { afterAll, describe, expect, it } from 'vitest';
import {
  createKernels,
  createMlpEvaluator,
  createMlpTrainer,
  createWorkerPool,
  type KernelHost,
  localHost,
} from '../../src/index.js';
import { seededNumbers } from '../parity/variants.js';
import { batchOf, gradientOf, networkOf, parametersOf } from './networks.js';

const pools = await Promise.all([1, 2, 3].map((threads) => createWorkerPool({ threads })));
const hosts: readonly KernelHost[] = [localHost(await createKernels()), ...pools];
afterAll(() => Promise.all(pools.map((pool) => pool.dispose())));

describe('a network on any number of threads', () => {
  it('trains to the same bits', () => {
    const shape = networkOf([3, 64, 33, 2]);
    const runs = hosts.map((host) => {
      const trainer = createMlpTrainer(host, shape, { keepsSums: true });
      const zeros = new Float32Array(trainer.parameterCount);
      trainer.load({ parameters: parametersOf(shape), means: zeros, squares: zeros, sums: zeros });
      const losses = Array.from({ length: 30 }, (_, step) => {
        const { loss, squaredNorm } = gradientOf(trainer, batchOf(shape, [700, 64, 65, 256][step % 4], step));
        trainer.update({
          ...{ gradientScale: 1, pull: 0, beta1: 0.9, beta2: 0.999, rate: 0.01, shrink: 1 },
          ...{ rootScale: 10, epsilon: 1e-8, decay: 0.9 },
        });
        return [loss, squaredNorm];
      });
      const result = { losses, ...trainer.read() };
      trainer.release();
      return result;
    });
    for (const run of runs) expect(run).toEqual(runs[0]);
  });

  it('moves points to the same bits', () => {
    const shape = networkOf([3, 64, 33, 2]);
    const runs = hosts.map((host) => {
      const evaluator = createMlpEvaluator(host, shape);
      evaluator.load(parametersOf(shape));
      const points = seededNumbers(1001 * 2, 1);
      const [velocities, products] = [points.slice(), points.slice()];
      evaluator.forward(points, Float32Array.of(0.5), velocities);
      evaluator.jacobianProduct(points, Float32Array.of(0.5), velocities, products);
      evaluator.walk(points, {
        ...{ stages: [[], [1]], weights: [0.5, 0.5], stepSizes: new Float64Array(4).fill(0.25) },
        extra: Float32Array.from({ length: 8 }, (_, i) => i / 8),
      });
      evaluator.release();
      return { points, velocities, products };
    });
    for (const run of runs) expect(run).toEqual(runs[0]);
  });

  it('shares the memory of a pool with other networks, in any order', () => {
    const [a, b] = [networkOf([3, 8, 2]), networkOf([2, 70, 2])];
    for (const host of hosts) {
      const first = createMlpTrainer(host, a);
      first.load({ parameters: parametersOf(a) });
      const expected = gradientOf(first, batchOf(a, 100));
      const second = createMlpTrainer(host, b);
      second.load({ parameters: parametersOf(b) });
      gradientOf(second, batchOf(b, 1000));
      expect(gradientOf(first, batchOf(a, 100))).toEqual(expected);
      const other = gradientOf(second, batchOf(b, 100));
      first.release();
      const third = createMlpEvaluator(host, a);
      third.load(parametersOf(a));
      third.forward(new Float64Array(2), Float32Array.of(1), new Float64Array(2));
      expect(gradientOf(second, batchOf(b, 100))).toEqual(other);
      second.release();
      third.release();
    }
  });
});
