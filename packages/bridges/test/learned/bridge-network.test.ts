import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fusedMlp } from '@brenier/nets/fused';
import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { bridgeFields, dsb, dsbm, type BridgeNetwork } from '../../src/index.js';
import { normalLaw } from '../normal-law.js';
import { tinyBridge, tinyDsb, tinyNetwork } from './tiny-bridge.js';

/** The same network as an engine would offer it that has neither sessions nor walks, and fields that hold memory. */
function plainEngine() {
  let living = 0;
  let made = 0;
  const { dim, parameterCount, spec, engine } = tinyNetwork;
  const network: BridgeNetwork = {
    dim,
    parameterCount,
    spec,
    engine,
    initParameters: (rng) => tinyNetwork.initParameters(rng),
    lossAndGradient: async (...batch) => Promise.resolve(tinyNetwork.lossAndGradient(...batch)),
    field(parameters) {
      const { evaluate } = tinyNetwork.field(parameters);
      living++;
      made++;
      return { dim, evaluate, dispose: () => void living-- };
    },
  };
  return { network, living: () => living, made: () => made };
}

describe('the networks of a bridge', () => {
  it('may be of any engine: one that neither walks nor keeps sessions gives the same bits', async () => {
    const { network, living, made } = plainEngine();
    const networks = { forward: network, backward: network };
    expect(await dsbm(createRng(1), { ...tinyBridge, networks })).toEqual(await dsbm(createRng(1), tinyBridge));
    expect(await dsb(createRng(1), { ...tinyDsb, networks })).toEqual(await dsb(createRng(1), tinyDsb));
    expect(made()).toBeGreaterThan(16);
    expect(living()).toBe(0);
  });

  it('get their fields back also where a run fails or is stopped', async () => {
    const { network, living } = plainEngine();
    const options = { ...tinyBridge, networks: { forward: network, backward: network } };
    const measure = () => Promise.reject(new Error('no disk'));
    await expect(dsbm(createRng(1), { ...options, measure })).rejects.toThrow('no disk');
    await dsbm(createRng(1), { ...options, signal: AbortSignal.abort() });
    await dsbm(createRng(1), { ...options, timeLimit: 1 });
    expect(living()).toBe(0);
  });

  it('may differ in shape, but not in dimension', async () => {
    const wide = fusedMlp({ dim: 1, hidden: [12, 5] });
    const networks = { forward: tinyNetwork, backward: wide };
    const bridge = await dsbm(createRng(1), { ...tinyBridge, networks, halfSteps: 2 });
    expect([bridge.forward.length, bridge.backward.length]).toEqual([tinyNetwork.parameterCount, wide.parameterCount]);
    const plane = fusedMlp({ dim: 2, hidden: [4] });
    const options = { ...tinyBridge, networks: { forward: tinyNetwork, backward: plane } };
    await expect(dsbm(createRng(1), options)).rejects.toThrow('"networks.backward.dim" expected 1, got 2');
  });

  it('become drifts and their flow, (forward − backward)/2, by bridgeFields', () => {
    const forward = tinyNetwork.initParameters(createRng(1));
    const backward = tinyNetwork.initParameters(createRng(2));
    const networks = { forward: tinyNetwork, backward: tinyNetwork };
    const fields = bridgeFields(networks, { forward, backward });
    const at = (field: typeof fields.flow) => {
      const out = new Float64Array(1);
      field.evaluate(Float64Array.of(0.7), 0.3, out);
      return out[0];
    };
    expect(at(fields.flow)).toBe(0.5 * at(fields.forward) - 0.5 * at(fields.backward));
    fields.dispose();
    expect(() => bridgeFields(networks, null as never)).toThrow('"parameters" expected { forward, backward }');
    expect(() => bridgeFields(null as never, { forward, backward })).toThrow('"networks" expected');
    expect(() => bridgeFields({ forward: tinyNetwork } as never, { forward, backward })).toThrow('"networks.backward"');
    expect(() => bridgeFields(networks, { forward: new Float32Array(3), backward })).toThrow(
      '"parameters.forward" expected length 33, got 3',
    );
  });

  it('take no memory where the parameters of one do not fit', () => {
    const { network, living } = plainEngine();
    const networks = { forward: network, backward: network };
    const forward = network.initParameters(createRng(1));
    for (const [backward, message] of [
      [new Float32Array(3), '"parameters.backward" expected length 33, got 3'],
      [[...forward], '"parameters.backward" expected a Float32Array'],
    ] as const) {
      expect(() => bridgeFields(networks, { forward, backward: backward as Float32Array })).toThrow(message);
    }
    expect(living()).toBe(0);
  });

  it('train in memory that does not grow with the half-steps: each cache is let go before the next', async () => {
    setFlagsFromString('--expose_gc');
    const collect = runInNewContext('gc') as () => void;
    // V8 frees the memory of buffers in the background of a collection.
    const leastHeld = async () => {
      let least = Infinity;
      for (let round = 0; round < 10; round++) {
        collect();
        await setTimeout(5);
        least = Math.min(least, process.memoryUsage().arrayBuffers);
      }
      return least;
    };
    const cacheSize = 20_000;
    const heldAfter = async (halfSteps: number) => {
      const options = { cacheSize, halfSteps, steps: 4, refreshEvery: 1, simulationBatch: cacheSize };
      await dsbm(createRng(1), { ...tinyBridge, ...options, source: normalLaw(1), target: normalLaw(1) });
      return leastHeld();
    };
    await heldAfter(2);
    const few = await heldAfter(2);
    const many = await heldAfter(12);
    // A cache is 0.3 MB, and 40 more of them were made; the room is for what the collector leaves.
    expect(many - few).toBeLessThan(4 * 8 * 2 * cacheSize);
  });
});
