import { createWorkerPool } from '@brenier/kernels';
import { createRng, fillNormal } from '@brenier/random';
import { expectAllClose } from '@brenier/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { chooseVelocityNetwork, type VelocityMlpOptions } from '../../src/index.js';
import { testedEngineLabel, useEngine } from '../tested-engines.js';

const options: VelocityMlpOptions = { dim: 2, hidden: [7, 5], time: { fourier: 1 }, classes: 3 };

describe('chooseVelocityNetwork', () => {
  beforeAll(async () => {
    await useEngine();
  });

  it('takes the fused kernels up to 512 wide and TensorFlow.js beyond, and says so', () => {
    const reasonFor = (hidden: number[]) => chooseVelocityNetwork({ dim: 2, hidden }).reason;
    expect(reasonFor([64, 512, 64])).toBe('fused wasm, because no hidden layer is wider than 512');
    expect(reasonFor([])).toBe('fused wasm, because no hidden layer is wider than 512');
    expect(reasonFor([64, 513])).toBe(
      `${testedEngineLabel}, because hidden[1] is 513 wide and the fused kernels are made for up to 512`,
    );
  });

  it('takes the preferred engine whatever the widths', () => {
    const { reason, network } = chooseVelocityNetwork({ dim: 2 }, { prefer: 'tfjs' });
    expect(reason).toBe(`${testedEngineLabel}, as preferred`);
    expect(network.engine).toBe(testedEngineLabel);
    expect(chooseVelocityNetwork({ dim: 2, hidden: [600] }, { prefer: 'fused' }).reason).toBe(
      'fused wasm, as preferred',
    );
  });

  it('makes the same network either way', () => {
    const [here, there] = (['fused', 'tfjs'] as const).map(
      (prefer) => chooseVelocityNetwork(options, { prefer }).network,
    );
    expect(here.spec).toEqual(there.spec);
    expect(here.layers).toEqual(there.layers);
    expect(here.initParameters(createRng(4))).toEqual(there.initParameters(createRng(4)));
    const parameters = here.initParameters(createRng(5));
    const [x, u] = [fillNormal(createRng(6), new Float64Array(20)), fillNormal(createRng(7), new Float64Array(20))];
    const products = [here, there].map((network) => {
      const field = network.field(parameters, { label: 1 });
      const out = new Float64Array(20);
      field.jacobianProduct!(x, 0.4, u, out);
      field.dispose();
      return out;
    });
    expectAllClose(products[0], products[1], { relative: 3e-6 }); // float32
  });

  it('hands threads to the fused kernels, which changes no bit', async () => {
    const pool = await createWorkerPool({ threads: 2 });
    try {
      const x = fillNormal(createRng(6), new Float64Array(2 * 1000));
      const velocities = [undefined, pool].map((each) => {
        const { network } = chooseVelocityNetwork(options, { pool: each });
        const field = network.field(network.initParameters(createRng(5)), { label: 2 });
        const out = new Float64Array(x.length);
        field.evaluate(x, 0.4, out);
        field.dispose();
        return out;
      });
      expect(velocities[1]).toEqual(velocities[0]);
    } finally {
      await pool.dispose();
    }
  });

  it('refuses unknown options and engines', () => {
    expect(() => chooseVelocityNetwork({ dim: 2 }, { prefer: 'gpu' as never })).toThrow(
      '"prefer" expected one of "fused", "tfjs", got "gpu"',
    );
    expect(() => chooseVelocityNetwork({ dim: 2 }, { threads: 2 } as never)).toThrow(
      '"choice" expected only the options "prefer", "pool", got "threads"',
    );
    expect(() => chooseVelocityNetwork({ dim: 0 })).toThrow('"dim" expected a whole number >= 1, got 0');
  });
});
