import fc from 'fast-check';
import { createRng, fillNormal, fillUniform } from '@brenier/random';
import { centralDifferences, expectAllClose, expectClose } from '@brenier/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { fusedMlp } from '../../src/fused.js';
import { velocityMlp, type ActivationName, type TrainingBatch, type VelocityMlpOptions } from '../../src/index.js';
import { referenceGradient, referenceLoss } from '../reference-mlp.js';
import { testedEngine, useEngine } from '../tested-engines.js';

const activations: ActivationName[] = ['selu', 'silu', 'relu', 'tanh', 'softplus'];

const shapes: fc.Arbitrary<Required<VelocityMlpOptions>> = fc.record({
  dim: fc.integer({ min: 1, max: 4 }),
  hidden: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 }),
  activation: fc.constantFrom(...activations),
  time: fc.oneof(
    fc.constant('raw' as const),
    fc.record({ fourier: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ sinusoidal: fc.integer({ min: 1, max: 4 }) }),
  ),
  classes: fc.integer({ min: 0, max: 4 }),
});

/** Samples of all classes and of none, with weights. */
function batchOf({ dim, classes }: Required<VelocityMlpOptions>, count: number, seed: number): TrainingBatch {
  const rng = createRng(seed);
  const normals = () => fillNormal(rng, new Float32Array(count * dim));
  const uniforms = () => fillUniform(rng, new Float32Array(count));
  const label = Int32Array.from(uniforms(), (u) => Math.floor(u * (classes + 1)) - 1);
  return { count, dim, t: uniforms(), x: normals(), target: normals(), weight: uniforms(), label };
}

describe('loss and gradient of a velocity network', () => {
  beforeAll(async () => {
    await useEngine();
  });

  it(`are those of the definition on fused kernels and on ${testedEngine}, whatever the shape`, async () => {
    const property = fc.asyncProperty(
      shapes,
      fc.integer({ min: 1, max: 9 }),
      fc.nat(),
      async (options, count, seed) => {
        const networks = [velocityMlp(options), fusedMlp(options)];
        const parameters = networks[0].initParameters(createRng(seed));
        const batch = batchOf(options, count, seed + 1);
        const loss = referenceLoss(networks[0], parameters, batch);
        const valueOf = (p: Float64Array) => referenceLoss(networks[0], p, batch);
        // Differences in float64 are good to 1e-9; the rest is float32, through up to nine layers.
        const expected = centralDifferences(valueOf, Float64Array.from(parameters));
        for (const network of networks) {
          const gradient = new Float32Array(network.parameterCount);
          expectClose(await network.lossAndGradient(parameters, batch, gradient), loss, { relative: 1e-5 });
          expectAllClose(gradient, expected, { relative: 1e-5 });
        }
      },
    );
    // One seed: differences across the kink of an activation would be wrong, however right the gradient.
    await fc.assert(property, { seed: 3, numRuns: 40 });
  });

  it.each([
    [{ hidden: [64, 64, 64] }, 512],
    [{ hidden: [256, 256, 256], activation: 'silu', classes: 10 }, 128],
    [{ hidden: [512, 512], activation: 'tanh', time: { sinusoidal: 16 } }, 65],
    [{ hidden: new Array<number>(8).fill(128), activation: 'softplus', time: { fourier: 4 } }, 64],
    [{ hidden: [17, 300, 1, 64], activation: 'relu' }, 300],
  ] satisfies [Partial<VelocityMlpOptions>, number][])(
    'are right in every entry at the sizes of use: %j, batch %d',
    async (sizes, count) => {
      const options = { ...velocityMlp({ dim: 2, ...sizes }).spec.options };
      const networks = [velocityMlp(options), fusedMlp(options)];
      const parameters = networks[0].initParameters(createRng(7));
      const batch = batchOf(options, count, 8);
      const expected = referenceGradient(networks[0], parameters, batch);
      const [here, there] = [new Float32Array(expected.length), new Float32Array(expected.length)];
      await networks[0].lossAndGradient(parameters, batch, here);
      await networks[1].lossAndGradient(parameters, batch, there);
      for (const gradient of [here, there]) expectAllClose(gradient, expected, { relative: 1e-5 });
      expectAllClose(here, there, { relative: 1e-5 });
    },
  );

  it.each(activations)('stay finite and right where %s is far out in its tails', async (activation) => {
    const options = { dim: 1, hidden: [4], activation, time: 'raw', classes: 0 } as const;
    const networks = [velocityMlp(options), fusedMlp(options)];
    const parameters = networks[0].initParameters(createRng(0));
    const batch = { ...batchOf(options, 6, 1), x: Float32Array.of(-1e4, -300, -30, 30, 300, 1e4) };
    const valueOf = (p: Float64Array) => referenceLoss(networks[0], p, batch);
    const expected = centralDifferences(valueOf, Float64Array.from(parameters));
    for (const network of networks) {
      const gradient = new Float32Array(network.parameterCount);
      expect(await network.lossAndGradient(parameters, batch, gradient)).toBeGreaterThan(0);
      // Values of the order of 1e4 squared: differences lose more digits.
      expectAllClose(gradient, expected, { relative: 1e-5 });
    }
  });
});
