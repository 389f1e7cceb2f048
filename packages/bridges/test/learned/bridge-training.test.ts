import { constantRate, memoryCheckpoint } from '@brenier/nets/fused';
import { createRng } from '@brenier/random';
import { heun } from '@brenier/samplers';
import { describe, expect, it } from 'vitest';
import { dsb, dsbm } from '../../src/index.js';
import { normalLaw } from '../normal-law.js';
import { tinyBridge, tinyDsb, tinyNetwork } from './tiny-bridge.js';

describe('the options of learned bridges', () => {
  const wrong: [object, string][] = [
    [{ source: null }, '"source" expected an object with "dim" and "draw", got null'],
    [{ source: normalLaw(2) }, '"source.dim" expected 1, got 2'],
    [{ target: { dim: 1 } }, '"target.draw" expected a function'],
    [{ target: { ...normalLaw(1), dim: 1.5 } }, '"target.dim"'],
    [{ reference: {} }, '"reference.sigma"'],
    [{ networks: {} }, '"networks.forward" expected a network'],
    [{ halfSteps: 0 }, '"halfSteps" expected a whole number >= 1, got 0'],
    [{ halfSteps: undefined }, '"halfSteps"'],
    [{ steps: 0 }, '"steps"'],
    [{ firstSteps: 0.5 }, '"firstSteps"'],
    [{ batchSize: 0 }, '"batchSize"'],
    [{ cacheSize: 0 }, '"cacheSize"'],
    [{ refreshEvery: 0 }, '"refreshEvery"'],
    [{ numSteps: 0 }, '"numSteps"'],
    [{ refinement: 0 }, '"refinement" expected a finite number > 0'],
    [{ method: heun() }, '"method" expected a stochastic method'],
    [{ simulationBatch: NaN }, '"simulationBatch"'],
    [{ monitorCount: -1 }, '"monitorCount"'],
    [{ emaDecay: 1 }, '"emaDecay"'],
    [{ clipNorm: 0 }, '"clipNorm"'],
    [{ rateSchedule: 0.1 }, '"rateSchedule" expected a function'],
    [{ measure: 1 }, '"measure" expected a function'],
    [{ stopWhen: 1 }, '"stopWhen" expected a function'],
    [{ onHalfStep: 1 }, '"onHalfStep" expected a function'],
    [{ onProgress: 1 }, '"onProgress" expected a function'],
    [{ progressInterval: -1 }, '"progressInterval"'],
    [{ timeLimit: NaN }, '"timeLimit"'],
    [{ signal: {} }, '"signal" expected an AbortSignal'],
    [{ checkpoint: {} }, '"checkpoint.store" expected an object'],
    [{ checkpoint: { store: {} } }, '"checkpoint.store.load" expected a function'],
    [{ checkpoint: { path: 'here' } }, '"checkpoint" expected only the options "store", "everySteps"'],
    [{ rateSchedule: () => undefined }, '"rateSchedule(…)" expected a schedule with name and factor, got undefined'],
    [{ stopWhen: () => 1 }, '"stopWhen(…)" expected a boolean, got 1'],
    [{ stopWhen: () => Promise.resolve(true) }, '"stopWhen(…)" expected a boolean'],
    [{ checkpoint: { store: memoryCheckpoint(), allowOtherEngine: 1 } }, '"checkpoint.allowOtherEngine" expected'],
    [{ parameters: { forward: new Float32Array(3) } }, '"parameters.forward" expected length 33, got 3'],
    [{ parameters: { backward: [1] } }, '"parameters.backward" expected a Float32Array'],
    [{ parameters: { both: 1 } }, '"parameters" expected only the options "forward", "backward"'],
    [{ sigma: 1 }, '"options" expected only the options'],
  ];
  it.each(wrong)('refuse %o', async (change, message) => {
    await expect(dsbm(createRng(0), { ...tinyBridge, ...change })).rejects.toThrow(message);
    await expect(dsb(createRng(0), { ...tinyDsb, ...change })).rejects.toThrow(message);
  });

  it('refuse a start that is none, and more of it than there can be', async () => {
    const refuse = (change: object, message: string) =>
      expect(dsbm(createRng(0), { ...tinyBridge, ...change })).rejects.toThrow(message);
    await refuse({ start: 'imf' }, '"start" expected one of "independent", "reference", got "imf"');
    await refuse({ start: undefined }, '"start"');
    await refuse({ start: { dim: 1 } }, '"start.draw" expected a function');
    await refuse({ start: { dim: 2, draw: () => 0 } }, '"start.dim" expected 1, got 2');
    await refuse({ start: 'reference', startHalfSteps: 2 }, '"startHalfSteps" expected');
    await refuse({ startHalfSteps: 3 }, '"startHalfSteps" expected');
    await refuse({ delta: 0.5 }, '"delta"');
    await refuse({ weight: 'both' }, '"weight" expected one of');
    await expect(dsbm(null as never, tinyBridge)).rejects.toThrow('"rng"');
    await expect(dsbm(createRng(0), undefined as never)).rejects.toThrow('"networks"');
  });

  it('refuse points that are not finite, wherever they are drawn', async () => {
    for (const bad of [NaN, Infinity, -Infinity]) {
      const broken = { dim: 1, draw: (__: unknown, count: number) => new Float64Array(count).fill(bad) };
      for (const law of ['source', 'target']) {
        const options = { ...tinyBridge, [law]: broken };
        await expect(dsbm(createRng(0), options)).rejects.toThrow(`"${law}.draw(…)[0]" expected a finite number`);
      }
    }
    const short = { dim: 1, draw: () => new Float64Array(3) };
    await expect(dsbm(createRng(0), { ...tinyBridge, source: short })).rejects.toThrow(
      '"source.draw(…)" expected length',
    );
  });

  it('refuse drifts that blow up, with the monitor off too', async () => {
    const field = () => ({ dim: 1, evaluate: (_x: unknown, _t: number, out: Float64Array) => out.fill(Infinity) });
    const endless = { ...tinyNetwork, field };
    const networks = { forward: endless, backward: endless };
    const run = dsbm(createRng(0), { ...tinyBridge, networks, monitorCount: 0 });
    await expect(run).rejects.toThrow('"backward" drift expected paths that stay finite');
  });

  it('let all points be one, far from the origin, and a batch or a cache hold a single one', async () => {
    const there = { dim: 1, draw: (__: unknown, count: number) => new Float64Array(count).fill(1e6) };
    const options = { ...tinyBridge, source: there, target: there, batchSize: 1, cacheSize: 1, monitorCount: 1 };
    expect(await dsbm(createRng(0), options)).toMatchObject({ status: 'finished' });
    expect(await dsbm(createRng(0), { ...tinyBridge, monitorCount: 0 })).toMatchObject({ status: 'finished' });
  });

  it('let the rate depend on the half-step', async () => {
    const parametersAfter: (readonly Float32Array[])[] = [];
    for (const halfSteps of [2, 4]) {
      const bridge = await dsbm(createRng(0), {
        ...tinyBridge,
        halfSteps,
        rateSchedule: (_steps, halfStep) => constantRate({ factor: halfStep <= 2 ? 1 : 0 }),
      });
      expect(bridge.halfSteps).toBe(halfSteps);
      parametersAfter.push([bridge.trained.forward, bridge.trained.backward]);
    }
    // At rate 0 the later half-steps change nothing.
    expect(parametersAfter[1]).toEqual(parametersAfter[0]);
  });
});
