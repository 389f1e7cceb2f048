import { createRng, fillNormal } from '@brenier/random';
import { integrateSde, pinnedEulerMaruyama, type ArrayField } from '@brenier/samplers';
import { describe, expect, it } from 'vitest';
import { generateImages } from '../../src/images/generate-images.js';

const dim = 4;
const starts = fillNormal(createRng(1), new Float64Array(120 * dim));
const resting: ArrayField = { dim, evaluate: (_x, _t, out) => void out.fill(0) };
const drifting: ArrayField = { dim, evaluate: (_x, _t, out) => void out.fill(0.5) };

/** A Brownian motion with a drift, whose flow is `flow`. */
function generate(drift: ArrayField, flow: ArrayField | undefined, numSteps: number, signal = AbortSignal.any([])) {
  return generateImages(
    createRng(2),
    {
      carry: (rng, x) =>
        integrateSde(rng, drift, x, { method: pinnedEulerMaruyama(), diffusion: 0.5, numSteps, keep: 'trajectory' }),
      probabilityFlow: flow,
    },
    starts,
    dim,
    signal,
    () => {},
  );
}

describe('generateImages', () => {
  it('takes the energy of a process with noise along its probability flow, whatever the steps of its paths', async () => {
    for (const numSteps of [12, 96]) {
      expect((await generate(resting, resting, numSteps))!.pathEnergy).toBe(0);
      // A constant velocity of 1/2 in each of 4 dimensions.
      expect((await generate(drifting, drifting, numSteps))!.pathEnergy).toBeCloseTo(1, 12);
    }
  });

  it('gives the same images whether or not their flow is followed', async () => {
    const [followed, alone] = [await generate(drifting, drifting, 12), await generate(drifting, undefined, 12)];
    expect(followed!.images).toEqual(alone!.images);
    expect(followed!.transportCost).toBe(alone!.transportCost);
  });

  it('gives nothing once it is aborted', async () => {
    expect(await generate(resting, resting, 12, AbortSignal.abort())).toBeUndefined();
  });
});
