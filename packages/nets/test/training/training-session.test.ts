import { createWorkerPool, type WorkerPool } from '@brenier/kernels';
import { createRng, fillNormal, fillUniform, type Rng } from '@brenier/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  adam,
  adamW,
  cosineDecay,
  fusedMlp,
  memoryCheckpoint,
  train,
  type Objective,
  type Optimizer,
  type TrainOptions,
  type TrainResult,
  type TrainingBatch,
  type VelocityMlpOptions,
} from '../../src/fused.js';
import { createWeightAverage } from '../../src/optimizer/weight-average.js';

const pools: WorkerPool[] = [];
beforeAll(async () => {
  for (const threads of [2, 3]) pools.push(await createWorkerPool({ threads }));
});
afterAll(async () => {
  for (const pool of pools) await pool.dispose();
});

/** Batches of all sizes around the blocks of the kernels, with weights and classes. */
function noisy(dim: number, classes: number, sizes: readonly number[]): Objective {
  return {
    dim,
    draw(rng: Rng) {
      const count = sizes[Math.floor(rng.uniform() * sizes.length)];
      const [uniforms, normals] = [
        () => fillUniform(rng, new Float32Array(count)),
        () => fillNormal(rng, new Float32Array(count * dim)),
      ];
      const label = Int32Array.from(uniforms(), (u) => Math.floor(u * (classes + 1)) - 1);
      return { count, dim, t: uniforms(), x: normals(), target: normals(), weight: uniforms(), label };
    },
  };
}

/** What a run gives but the time that it took. */
function outcome({ status, step, parameters, emaParameters, losses }: TrainResult) {
  return { status, step, parameters, emaParameters, losses };
}

const runs: [string, VelocityMlpOptions, Partial<TrainOptions>][] = [
  ['adam', { dim: 2, hidden: [16, 16] }, { optimizer: adam({ learningRate: 0.01 }) }],
  [
    'adam with decay, a schedule and clipping',
    { dim: 3, hidden: [33], activation: 'tanh', classes: 3 },
    {
      optimizer: adam({ learningRate: 0.01, weightDecay: 0.1, beta1: 0.8 }),
      rateSchedule: cosineDecay({ to: 20 }),
      clipNorm: 0.1,
    },
  ],
  [
    'adamW and a running mean',
    { dim: 1, hidden: [7, 5, 3], activation: 'silu', time: { fourier: 2 } },
    { optimizer: adamW({ learningRate: 0.01, epsilon: 1e-6 }), emaDecay: 0.9, clipNorm: 1 },
  ],
  ['no hidden layer', { dim: 2, hidden: [] }, { optimizer: adamW(), emaDecay: 0.5 }],
];

describe.each(runs)('a run in the memory of the kernels: %s', (_, shape, changes) => {
  const objective = noisy(shape.dim, shape.classes ?? 0, [1, 15, 16, 17, 63, 64, 65, 130, 700]);
  const settings = { objective, rng: createRng('session'), steps: 30, ...changes };

  it('has the bits of one made of single losses and updates, on any number of threads', async () => {
    const alone = outcome(await train({ ...settings, network: fusedMlp(shape) }));
    expect(alone.status).toBe('finished');
    for (const pool of [undefined, ...pools]) {
      const network = fusedMlp(shape, { pool });
      expect(outcome(await train({ ...settings, network }))).toEqual(alone);
      const apart = { ...network, startSession: undefined };
      expect(outcome(await train({ ...settings, network: apart }))).toEqual(alone);
    }
  });
});

describe('a session of the fused engine', () => {
  const network = fusedMlp({ dim: 2, hidden: [8] });
  const { parameterCount } = network;
  const start = (optimizer: Optimizer) => ({
    parameters: network.initParameters(createRng(1)),
    optimizer: optimizer.init(parameterCount),
    average: createWeightAverage(0),
  });

  it('is not offered to an optimizer that it does not know', async () => {
    const unknown: Optimizer = { ...adam(), rule: undefined };
    expect(network.startSession(start(unknown), unknown, undefined)).toBeUndefined();
    const settings = { network, objective: noisy(2, 0, [20]), rng: createRng(2), steps: 10 };
    const [known, other] = [
      await train({ ...settings, optimizer: adam() }),
      await train({ ...settings, optimizer: unknown }),
    ];
    expect(outcome(other)).toEqual(outcome(known));
  });

  it('works on copies: what it was given stays as it was, and what it gave stays too', () => {
    const optimizer = adam();
    const given = start(optimizer);
    const before = structuredClone(given);
    const session = network.startSession(given, optimizer, undefined)!;
    expect(session.read()).toEqual(before);
    session.evaluate(noisy(2, 0, [20]).draw(createRng(0)) as never);
    session.update(1, 1);
    const read = session.read();
    const copy = structuredClone(read);
    session.evaluate(noisy(2, 0, [20]).draw(createRng(1)) as never);
    session.update(1, 1);
    expect(given).toEqual(before);
    expect(read).toEqual(copy);
    expect(session.read()).not.toEqual(copy);
    session.dispose();
  });

  it('refuses batches of another shape and classes that are not there', () => {
    const session = network.startSession(start(adam()), adam(), undefined)!;
    const batch = { count: 1, dim: 2, t: new Float32Array(1), x: new Float32Array(2), target: new Float32Array(2) };
    expect(() => session.evaluate({ ...batch, dim: 3 })).toThrow('"batch.dim" expected 2, got 3');
    expect(() => session.evaluate({ ...batch, x: new Float32Array(3) })).toThrow('"batch.x" expected length 2, got 3');
    expect(() => session.evaluate({ ...batch, label: Int32Array.of(0) })).toThrow('"batch.label[0]"');
    session.dispose();
  });

  it('says that a gradient is not finite, and from which side', () => {
    const session = network.startSession(start(adam()), adam(), undefined)!;
    const batch = { count: 1, dim: 2, t: new Float32Array(1), x: new Float32Array(2), target: new Float32Array(2) };
    for (const entry of [NaN, Infinity, -Infinity]) {
      const { loss, gradientNorm } = session.evaluate({ ...batch, target: Float32Array.of(entry, 0) });
      expect([Number.isFinite(loss), Number.isFinite(gradientNorm)]).toEqual([false, false]);
    }
    session.dispose();
  });

  it('ends a run at a batch that is not finite, says which, and leaves the checkpoint before it', async () => {
    const objective: Objective = {
      dim: 2,
      draw(rng) {
        const batch = noisy(2, 0, [70]).draw(rng) as TrainingBatch;
        const isPoisoned = rng.snapshot().key.join() === createRng(4).fork(7).snapshot().key.join();
        if (isPoisoned) batch.x[5] = NaN;
        return batch;
      },
    };
    for (const pool of [undefined, pools[0]]) {
      const store = memoryCheckpoint();
      const poisoned = fusedMlp({ dim: 2, hidden: [8] }, { pool });
      const settings = { network: poisoned, objective, rng: createRng(4), steps: 20 };
      const result = await train({ ...settings, checkpoint: { store, everySteps: 3 } });
      expect([result.status, result.step]).toEqual(['diverged', 7]);
      const { batch, ...rest } = result.divergence!;
      expect(rest).toEqual({ step: 7, loss: NaN, gradientNorm: NaN, lastCheckpoint: 6 });
      expect(batch).toEqual(objective.draw(createRng(4).fork(7)));
      expect(result.parameters.every(Number.isFinite)).toBe(true);
    }
  });

  it('is of no use on a pool that was disposed of, and says so', async () => {
    const pool = await createWorkerPool({ threads: 2 });
    const gone = fusedMlp({ dim: 2, hidden: [8] }, { pool });
    await pool.dispose();
    const settings = { network: gone, objective: noisy(2, 0, [700]), rng: createRng(4), steps: 2 };
    await expect(train(settings)).rejects.toThrow('disposed');
  });

  it('gives its memory back: fifty of them need no more than three', async () => {
    const alone = await createWorkerPool({ threads: 1 });
    for (const pool of [pools[0], alone]) {
      const wide = fusedMlp({ dim: 2, hidden: [64, 64] }, { pool });
      const settings = { network: wide, objective: noisy(2, 0, [64, 300]), rng: createRng(3), steps: 2, emaDecay: 0.9 };
      const field = wide.field(wide.initParameters(createRng(0)));
      const use = async () => {
        await train(settings);
        field.evaluate(new Float64Array(400), 0.5, new Float64Array(400));
      };
      for (let k = 0; k < 3; k++) await use();
      const bytes = pool.memory.buffer.byteLength;
      for (let k = 0; k < 50; k++) await use();
      expect(pool.memory.buffer.byteLength).toBe(bytes);
    }
    await alone.dispose();
  });

  it('may stand beside others on one pool', async () => {
    const pool = pools[0];
    const settings = { objective: noisy(2, 0, [64, 300]), steps: 40 };
    const jobs = [8, 20, 33].map((width) => ({ ...settings, width, rng: createRng(width) }));
    const together = await Promise.all(
      jobs.map(({ width, ...job }) =>
        train({ ...job, network: fusedMlp({ dim: 2, hidden: [width] }, { pool }), optimizer: adam() }),
      ),
    );
    for (const [k, { width, ...job }] of jobs.entries()) {
      const alone = await train({ ...job, network: fusedMlp({ dim: 2, hidden: [width] }), optimizer: adam() });
      expect(outcome(together[k])).toEqual(outcome(alone));
    }
  });
});
