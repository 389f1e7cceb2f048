import { createHash } from 'node:crypto';
import { createWorkerPool, type WorkerPool } from '@brenier/kernels';
import { createRng, fillNormal } from '@brenier/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adamW, fusedMlp, train, type VelocityMlpOptions } from '../../src/fused.js';
import { swirl } from '../swirl.js';

/**
 * The first 64 bits of the SHA-256 of parameters, running mean and losses of 60 steps, and of velocities there. Recorded on x86-64
 * with Node 20, 22 and 24. Another number means other results in the last bits: a minor version, and a changeset that says so.
 */
const recorded: readonly [VelocityMlpOptions, string][] = [
  [{ dim: 2 }, '657f347421bbcaa5'],
  [{ dim: 2, hidden: [96, 40], activation: 'silu', time: { fourier: 3 } }, 'd1750d28e74b70d1'],
  [{ dim: 2, hidden: [33], activation: 'tanh' }, '975d5f4ae06539be'],
  [{ dim: 2, hidden: [24, 24], activation: 'softplus' }, '12a5df8c9b43836a'],
  [{ dim: 2, hidden: [24, 24], activation: 'relu' }, 'e8f29ac0858a2cbd'],
];

async function fingerprint(options: VelocityMlpOptions, pool: WorkerPool): Promise<string> {
  const network = fusedMlp(options, { pool });
  const { parameters, emaParameters, losses } = await train({
    network,
    objective: swirl(300),
    rng: createRng('bits'),
    steps: 60,
    optimizer: adamW({ learningRate: 3e-3 }),
    clipNorm: 1,
    emaDecay: 0.9,
  });
  const x = fillNormal(createRng('points'), new Float64Array(2 * 1001));
  network.field(parameters).evaluate(x, 0.3, x);
  const hash = createHash('sha256');
  for (const { buffer } of [parameters, emaParameters!, Float64Array.from(losses.means), x]) {
    hash.update(new Uint8Array(buffer));
  }
  return hash.digest('hex').slice(0, 16);
}

describe.each([1, 2])('training on fused kernels, %i threads', (threads) => {
  let pool: WorkerPool;

  beforeAll(async () => {
    pool = await createWorkerPool({ threads });
    expect(pool.threads).toBe(threads);
  });
  afterAll(() => pool.dispose());

  it.each(recorded)('gives the recorded bits: %j', async (options, expected) => {
    expect(await fingerprint(options, pool)).toBe(expected);
  });
});
