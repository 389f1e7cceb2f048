import { adam, cosineDecay, fusedMlp } from '@brenier/nets/fused';
import { createRng } from '@brenier/random';
import { denoisingEulerMaruyama, eulerMaruyama, pinnedEulerMaruyama, stochasticHeun } from '@brenier/samplers';
import { expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { brownian, dsb, type DsbOptions } from '../../src/index.js';
import { normalLaw } from '../normal-law.js';
import { tinyBridge, tinyDsb } from './tiny-bridge.js';

describe('dsb', () => {
  it('approaches the bridge of two Gaussians through the iterates of proportional fitting', async () => {
    const network = fusedMlp({ dim: 1, hidden: [24], activation: 'silu' });
    const { history } = await dsb(createRng(0), {
      source: normalLaw(1, -0.1),
      target: normalLaw(1, 0.1),
      reference: brownian({ sigma: 1 }),
      networks: { forward: network, backward: network },
      halfSteps: 4,
      steps: 500,
      batchSize: 256,
      optimizer: adam({ learningRate: 1e-2 }),
      rateSchedule: (to) => cosineDecay({ to }),
      cacheSize: 4000,
      monitorCount: 10_000,
    });
    // The exact iterates of proportional fitting at σ = 1 are ratios of Fibonacci numbers. Four standard errors of 10,000 pairs are
    // 0.047; targets of variance σ²/h make the fits less exact than those of bridge matching.
    [1 / 2, 2 / 3, 3 / 5, 5 / 8].forEach((exact, k) =>
      expectClose(history[k].monitor!.endpointCovariance, exact, { absolute: 0.09 }),
    );
  }, 60_000);

  it('gives the same bits for the same seed, and draws paths anew when asked', async () => {
    const [first, again] = await Promise.all([1, 1].map((seed) => dsb(createRng(seed), tinyDsb)));
    expect(again).toEqual(first);
    const once = await dsb(createRng(1), { ...tinyDsb, refreshEvery: undefined });
    expect(once.backward).not.toEqual(first.backward);
  });

  it('begins at the reference, so the first fit knows nothing of the target', async () => {
    const run = (target: DsbOptions['target']) => dsb(createRng(1), { ...tinyDsb, target, halfSteps: 1 });
    const [near, far] = await Promise.all([run(normalLaw(1)), run(normalLaw(1, 50))]);
    expect(far.backward).toEqual(near.backward);
  });

  it('refuses simulations whose noise it would take for another', async () => {
    for (const method of [denoisingEulerMaruyama(), pinnedEulerMaruyama(), stochasticHeun()]) {
      const run = dsb(createRng(1), { ...tinyDsb, method });
      await expect(run).rejects.toThrow(RangeError);
      await expect(run).rejects.toThrow(
        `"method" expected eulerMaruyama(), to whose steps means are matched, got "${method.name}"`,
      );
    }
    expect(await dsb(createRng(1), { ...tinyDsb, method: eulerMaruyama() })).toEqual(await dsb(createRng(1), tinyDsb));
  });

  it('has no first coupling to choose', async () => {
    await expect(dsb(createRng(1), tinyBridge as never)).rejects.toThrow('"options" expected only the options');
  });
});
