import { adam, cosineDecay, fusedMlp } from '@brenier/nets/fused';
import { createRng, fillNormal, type Rng } from '@brenier/random';
import { eulerMaruyama, euler, integrate } from '@brenier/samplers';
import { expectClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { bridgeFields, brownian, dsbm, ornsteinUhlenbeck, type Pairing } from '../../src/index.js';
import { normalLaw } from '../normal-law.js';
import { tinyBridge, tinyNetwork } from './tiny-bridge.js';

const { source, target } = tinyBridge;

/** What `'reference'` and `'independent'` stand for, written by hand. */
const referencePairs: Pairing = {
  dim: 1,
  draw(rng, count) {
    const x0 = source.draw(rng.fork('source'), count);
    const noise = fillNormal(rng.fork('reference'), new Float64Array(count));
    return { x0, x1: noise.map((each, i) => x0[i] + each) };
  },
};
const independentPairs: Pairing = {
  dim: 1,
  draw: (rng, count) => ({
    x0: source.draw(rng.fork('source'), count),
    x1: target.draw(rng.fork('target'), count),
  }),
};

describe('dsbm', () => {
  it('alternates backward and forward fits and records each', async () => {
    const bridge = await dsbm(createRng(1), tinyBridge);
    expect(bridge).toMatchObject({ status: 'finished', halfSteps: 4, totalStep: 100, engine: 'fused wasm' });
    expect(bridge.history.map(({ halfStep, direction, steps }) => [halfStep, direction, steps])).toEqual([
      [1, 'backward', 25],
      [2, 'forward', 25],
      [3, 'backward', 25],
      [4, 'forward', 25],
    ]);
    expect(bridge.history.map(({ monitor }) => monitor!.pathEnergy === undefined)).toEqual([true, false, false, false]);
    expect(bridge.history[0].losses).toMatchObject({ window: 1 });
    expect(structuredClone(bridge)).toEqual(bridge);
  });

  it('gives the same bits for the same seed and others for another', async () => {
    const [first, again, other] = await Promise.all([1, 1, 2].map((seed) => dsbm(createRng(seed), tinyBridge)));
    expect(again).toEqual(first);
    expect(other.forward).not.toEqual(first.forward);
  });

  it('is IMF, IPF or IMF+ by its start alone: the pairs that the names stand for give the same bits', async () => {
    const run = (start: typeof tinyBridge.start) => dsbm(createRng(1), { ...tinyBridge, start });
    const [imf, imfByPairs, ipf, ipfByPairs] = await Promise.all(
      (['independent', independentPairs, 'reference', referencePairs] as const).map(run),
    );
    expect(imfByPairs).toEqual(imf);
    expect(ipfByPairs).toEqual(ipf);
    // And nothing else tells them apart: both have seen the same starts in the first batch.
    expect(ipf.backward).not.toEqual(imf.backward);
  });

  it('fits both drifts to the start where asked, and then simulates nothing in the first two half-steps', async () => {
    const counts: number[] = [];
    const counting = { ...source, draw: (rng: Rng, count: number) => (counts.push(count), source.draw(rng, count)) };
    const options = { ...tinyBridge, source: counting, target: counting, halfSteps: 2, monitorCount: 0 };
    await dsbm(createRng(1), { ...options, startHalfSteps: 2 });
    expect(counts.includes(tinyBridge.cacheSize!)).toBe(false);
    counts.length = 0;
    await dsbm(createRng(1), options);
    // Three caches for 25 updates, ten a cache.
    expect(counts.filter((count) => count === tinyBridge.cacheSize)).toHaveLength(3);
  });

  it('reaches the endpoint covariance 0.618 and both marginals of the bridge of two Gaussians, from either start', async () => {
    const network = fusedMlp({ dim: 1, hidden: [24], activation: 'silu' });
    for (const start of ['independent', 'reference'] as const) {
      const { history } = await dsbm(createRng(3), {
        source: normalLaw(1, -0.1),
        target: normalLaw(1, 0.1),
        reference: brownian({ sigma: 1 }),
        networks: { forward: network, backward: network },
        start,
        halfSteps: 6,
        steps: 300,
        batchSize: 256,
        optimizer: adam({ learningRate: 1e-2 }),
        rateSchedule: (to) => cosineDecay({ to }),
        weight: 'end-variance',
        cacheSize: 4000,
        method: eulerMaruyama(),
        refinement: 1,
        monitorCount: 10_000,
      });
      const { endpointCovariance, mean, variance, slicedW2 } = history[5].monitor!;
      // (√5 − 1)/2. Four standard errors of 10,000 pairs are 0.047; the rest is for the networks, and for the second start also for the
      // iteration: exact half-steps of it give 0.5, 0.667, 0.6, 0.625, 0.615, 0.619.
      expectClose(endpointCovariance, 0.618, { absolute: 0.06 });
      expectClose(mean[0], 0.1, { absolute: 0.08 });
      expectClose(variance[0], 1, { absolute: 0.1 });
      expect(slicedW2).toBeLessThan(0.12);
      expect(history[0].monitor!.endpointCovariance).toBeLessThan(0.58);
    }
  }, 60_000);

  it('keeps the optimal coupling as σ → 0, with the straight flow of OT-CFM', async () => {
    // The ends are paired by x₁ = 2x₀, the optimal map of N(0, 1) to N(0, 4), whose flow is x·t → velocity x/(1 + t) and whose energy is 1.
    const optimal: Pairing = {
      dim: 1,
      draw(rng, count) {
        const x0 = fillNormal(rng, new Float64Array(count));
        return { x0, x1: x0.map((x) => 2 * x) };
      },
    };
    const network = fusedMlp({ dim: 1, hidden: [32], activation: 'silu' });
    const networks = { forward: network, backward: network };
    const bridge = await dsbm(createRng(0), {
      source: normalLaw(1),
      target: normalLaw(1, 0, 2),
      reference: brownian({ sigma: 0.01 }),
      networks,
      start: optimal,
      halfSteps: 4,
      steps: 400,
      batchSize: 128,
      optimizer: adam({ learningRate: 1e-2 }),
      rateSchedule: (to) => cosineDecay({ to }),
      cacheSize: 4000,
      monitorCount: 4000,
    });
    // Cov(X, 2X) = 2, and E|2X − X|² = 1; 3 % for the networks and 4000 points.
    const { endpointCovariance, pathEnergy } = bridge.history[3].monitor!;
    expectClose(endpointCovariance, 2, { relative: 0.08 });
    expectClose(pathEnergy!, 1, { relative: 0.08 });
    const { flow } = bridgeFields(networks, bridge);
    const ends = integrate(flow, [-1.5, -0.5, 0.5, 1.5], { method: euler(), numSteps: 20 }).final;
    [-3, -1, 1, 3].forEach((end, i) => expectClose(ends[i], end, { absolute: 0.12 }));
  }, 60_000);

  it('works with the Ornstein–Uhlenbeck reference', async () => {
    const network = fusedMlp({ dim: 1, hidden: [24], activation: 'silu' });
    // N(0, ½) is stationary for σ = 1 and rate 1: the bridge to itself is the process itself, with covariance e^(−1)/2 = 0.184.
    const stationary = normalLaw(1, 0, Math.SQRT1_2);
    const { history } = await dsbm(createRng(0), {
      source: stationary,
      target: stationary,
      reference: ornsteinUhlenbeck({ sigma: 1, rate: 1 }),
      networks: { forward: network, backward: network },
      start: 'reference',
      halfSteps: 3,
      steps: 300,
      batchSize: 256,
      optimizer: adam({ learningRate: 1e-2 }),
      rateSchedule: (to) => cosineDecay({ to }),
      weight: 'end-variance',
      cacheSize: 4000,
      method: eulerMaruyama(),
      refinement: 1,
      monitorCount: 10_000,
    });
    // Four standard errors are 0.02, as much for the networks; 20 steps of Euler shrink by 0.01.
    history.forEach(({ monitor }) => {
      expectClose(monitor!.endpointCovariance, Math.exp(-1) / 2, { absolute: 0.04 });
      expectClose(monitor!.variance[0], 0.5, { absolute: 0.06 });
    });
  }, 60_000);

  it('starts from given parameters, of one network or both', async () => {
    const first = await dsbm(createRng(1), { ...tinyBridge, halfSteps: 1 });
    const warm = await dsbm(createRng(1), { ...tinyBridge, halfSteps: 1, steps: 1, parameters: first.trained });
    const cold = await dsbm(createRng(1), { ...tinyBridge, halfSteps: 1, steps: 1 });
    const change = (x: Float32Array, y: Float32Array) => Math.max(...x.map((each, j) => Math.abs(each - y[j])));
    // One update of Adam moves no parameter by more than the learning rate.
    expect(change(warm.trained.backward, first.trained.backward)).toBeLessThan(0.0101);
    expect(change(cold.trained.backward, first.trained.backward)).toBeGreaterThan(0.02);
    expect(warm.forward).toEqual(first.forward);
    const forward = tinyNetwork.initParameters(createRng(5));
    const half = await dsbm(createRng(1), { ...tinyBridge, halfSteps: 1, parameters: { forward } });
    expect(half.backward).toEqual(first.backward);
    expect(half.forward).toEqual(forward);
  });

  it('gives the first half-step of each network as many updates as asked', async () => {
    const { history, totalStep } = await dsbm(createRng(1), { ...tinyBridge, firstSteps: 7, steps: 3 });
    expect(history.map(({ steps }) => steps)).toEqual([7, 7, 3, 3]);
    expect(totalStep).toBe(20);
  });
});
