import { createWorkerPool } from '@brenier/kernels';
import { fusedMlp } from '@brenier/nets/fused';
import { createRng, fillNormal } from '@brenier/random';
import {
  euler,
  eulerMaruyama,
  heun,
  integrate,
  integrateSde,
  midpoint,
  rk4,
  stochasticHeun,
  type ArrayField,
} from '@brenier/samplers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Samplers ask a field for whole walks, and the fused network offers them, without an import between the two: this holds both
// to the same rule.
describe('sampling a fused network', () => {
  let pool: Awaited<ReturnType<typeof createWorkerPool>>;
  beforeAll(async () => {
    pool = await createWorkerPool({ threads: 2 });
  });
  afterAll(() => pool.dispose());

  const x0 = fillNormal(createRng('start'), new Float64Array(2 * 300));

  /** The field, once as it is and once without all that is faster than evaluations. */
  function fields(isThreaded: boolean): [ArrayField, ArrayField] {
    const network = fusedMlp({ dim: 2, hidden: [24, 24], time: { fourier: 2 } }, isThreaded ? { pool } : {});
    const field = network.field(network.initParameters(createRng('weights')));
    return [field, { dim: 2, evaluate: field.evaluate }];
  }

  it.each([euler(), midpoint(), heun(), rk4()])('gives the bits of single evaluations: $name', (method) => {
    for (const isThreaded of [false, true]) {
      const [walking, plain] = fields(isThreaded);
      // Times between the steps interrupt the walks.
      const options = { method, numSteps: 9, times: [0, 0.4, 0.5, 1] };
      expect(integrate(walking, x0, options)).toEqual(integrate(plain, x0, options));
    }
  });

  it.each([eulerMaruyama(), stochasticHeun()])('gives the bits of single evaluations: $name', (method) => {
    for (const isThreaded of [false, true]) {
      const [walking, plain] = fields(isThreaded);
      const options = { method, numSteps: 9, diffusion: (t: number) => 0.5 * (1 - t) + 0.1 };
      expect(integrateSde(createRng('noise'), walking, x0, options)).toEqual(
        integrateSde(createRng('noise'), plain, x0, options),
      );
    }
  });
});
