import { createRng } from '@brenier/random';
import { eulerMaruyama, type ArrayField } from '@brenier/samplers';
import { expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { brownian } from '../../src/index.js';
import { checkBridgeTraining } from '../../src/learned/bridge-training.js';
import { monitorDrift } from '../../src/learned/monitor.js';
import { normalLaw } from '../normal-law.js';
import { tinyNetwork } from './tiny-bridge.js';

/** A monitor of laws in `dim` dimensions, with almost no noise. */
function jobIn(dim: number, count: number) {
  const network = { ...tinyNetwork, dim };
  return {
    ...checkBridgeTraining(
      {
        source: normalLaw(dim, 0, 1),
        target: normalLaw(dim, 3, 1),
        reference: brownian({ sigma: 1e-6 }),
        networks: { forward: network, backward: network },
        halfSteps: 1,
        steps: 1,
        monitorCount: count,
        simulationBatch: 700,
      },
      { method: eulerMaruyama(), refinement: 1 },
    ),
  };
}

const constant = (dim: number, velocity: number): ArrayField => ({
  dim,
  evaluate: (_x, _t, out) => out.fill(velocity),
});

describe('the monitor of a drift', () => {
  it('sees where the process arrives, how far that is from the law it should have, and what its flow costs', async () => {
    const job = jobIn(2, 2000);
    // Shifted by 2 where 3 were right, and the shape kept.
    const seen = (await monitorDrift(createRng(0), job, 'forward', constant(2, 2), constant(2, 2)))!;
    const fourErrors = 4 / Math.sqrt(2000);
    for (const k of [0, 1]) {
      expectClose(seen.mean[k], 2, { absolute: fourErrors });
      expectClose(seen.variance[k], 1, { absolute: fourErrors * Math.SQRT2 });
      expect(seen.covariance![3 * k]).toBe(seen.variance[k]);
    }
    expectClose(seen.covariance![1], 0, { absolute: fourErrors });
    expectClose(seen.meanError, Math.SQRT2, { absolute: 2 * fourErrors });
    expectClose(seen.covarianceError, 0, { absolute: 4 * fourErrors });
    // A shift by (1, 1) has SW² = |shift|²/2 = 1, the mean over directions; the standard error of 128 directions is 0.06.
    expectClose(seen.slicedW2, 1, { absolute: 0.3 });
    // Start and end differ by a constant, so their covariance is the variance.
    expectClose(seen.endpointCovariance, (seen.variance[0] + seen.variance[1]) / 2, { absolute: 1e-4 });
    expectClose(seen.pathEnergy!, 8, { relative: 1e-12 });
  });

  it('looks at the source where the drift leads backwards, and knows no energy before there is a flow', async () => {
    const seen = (await monitorDrift(createRng(0), jobIn(1, 1000), 'backward', constant(1, -3), undefined))!;
    expectClose(seen.mean[0], 0, { absolute: 4 / Math.sqrt(1000) });
    expectClose(seen.meanError, 0, { absolute: 8 / Math.sqrt(1000) });
    expect('pathEnergy' in seen).toBe(false);
  });

  it('keeps the variances alone above 64 dimensions', async () => {
    const seen = (await monitorDrift(createRng(0), jobIn(65, 50), 'forward', constant(65, 3), undefined))!;
    expect([seen.variance.length, 'covariance' in seen]).toEqual([65, false]);
    expect(Number.isFinite(seen.covarianceError)).toBe(true);
  });

  it('stops where the signal was raised, and refuses paths that leave the finite numbers', async () => {
    const stopped = { ...jobIn(1, 100), signal: AbortSignal.abort() };
    expect(await monitorDrift(createRng(0), stopped, 'forward', constant(1, 3), undefined)).toBeUndefined();
    await expect(monitorDrift(createRng(0), jobIn(1, 10), 'forward', constant(1, Infinity), undefined)).rejects.toThrow(
      '"forward" drift expected paths that stay finite',
    );
  });
});
