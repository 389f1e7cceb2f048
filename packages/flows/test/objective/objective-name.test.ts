import { semidiscrete } from '@brenier/ot-core';
import { createRng, fillNormal, type Rng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import {
  brownianBridgeInterpolant,
  classPairing,
  entropicPairing,
  exactPairing,
  flowMatching,
  independentPairing,
  labelledCloudSource,
  linearInterpolant,
  lipmanInterpolant,
  modelPairing,
  rectifiedFlow,
  scheduledInterpolant,
  semidiscretePairing,
  storedPairing,
  trigonometricInterpolant,
  type FlowMatchingOptions,
} from '../../src/index.js';
import { normalSource } from '../clouds.js';

const source = normalSource([0]);
const target = labelledCloudSource({ points: [1, 2], count: 2, dim: 1 }, [0, 1]);
const plan = semidiscrete(
  createRng(0),
  (rng: Rng, count: number) => ({ points: fillNormal(rng, new Float64Array(count)), count, dim: 1 }),
  [[3], [4]],
);
const plain: FlowMatchingOptions = {
  pairing: independentPairing(source, target),
  interpolant: linearInterpolant(),
  batchSize: 8,
};

describe('the default name of an objective', () => {
  it('differs wherever a setting does', () => {
    const alpha = (t: number) => ({ value: 1 - t, derivative: -1 });
    const beta = (t: number) => ({ value: t, derivative: 1 });
    const changes: Partial<FlowMatchingOptions>[] = [
      {},
      { batchSize: 9 },
      { timeMargin: 0.1 },
      { timeMargin: 0.2 },
      { weight: () => 1 },
      { labelDropout: 0.1 },
      { labelDropout: 0.2 },
      { pairing: exactPairing(source, target) },
      { pairing: entropicPairing(source, target, { epsilon: 1 }) },
      { pairing: entropicPairing(source, target, { epsilon: 2 }) },
      { pairing: entropicPairing(source, target, { epsilon: 1, tolerance: 0.1 }) },
      { pairing: entropicPairing(source, target, { epsilon: 1, maxIterations: 5 }) },
      { pairing: classPairing(source, target, { penalty: 1 }) },
      { pairing: classPairing(source, target, { penalty: 2 }) },
      { pairing: semidiscretePairing(source, plan) },
      { pairing: storedPairing({ dim: 1, x0: [0], x1: [1] }) },
      { pairing: storedPairing({ dim: 1, x0: [0, 1], x1: [1, 2] }) },
      { pairing: modelPairing(source, (x) => x) },
      { pairing: { ...plain.pairing, name: 'mine' } },
      { interpolant: linearInterpolant({ sigma: 0.1 }) },
      { interpolant: lipmanInterpolant() },
      { interpolant: lipmanInterpolant({ sigma: 0.1 }) },
      { interpolant: trigonometricInterpolant() },
      { interpolant: trigonometricInterpolant({ sigma: 0.1 }) },
      { interpolant: brownianBridgeInterpolant() },
      { interpolant: brownianBridgeInterpolant({ sigma: 2 }) },
      { interpolant: scheduledInterpolant({ alpha, beta }) },
      { interpolant: scheduledInterpolant({ alpha, beta, name: 'mine' }) },
      { interpolant: scheduledInterpolant({ alpha, beta, timeMargin: 0.1 }) },
    ];
    const names = changes.map((change) => flowMatching({ ...plain, ...change }).name);
    expect(new Set(names).size).toBe(changes.length);
    expect(names[0]).toBe('flow-matching, independent pairing, linear(sigma 0) interpolant, batch 8');
  });

  it('says which parts have no name, and refuses one that is no string', () => {
    const pairing = { dim: 1, draw: plain.pairing.draw };
    const interpolant = { at: plain.interpolant.at };
    expect(flowMatching({ ...plain, pairing, interpolant, labelDropout: 0.5 }).name).toBe(
      'flow-matching, unnamed pairing, unnamed interpolant, batch 8, label dropout 0.5',
    );
    expect(rectifiedFlow({ pairing, batchSize: 8 }).name).toBe('rf, unnamed pairing, reflows 0, batch 8');
    expect(() => flowMatching({ ...plain, pairing: { ...pairing, name: 1 as never } })).toThrow(
      '"pairing.name" expected a string, got 1',
    );
    const schedule = () => ({ value: 1, derivative: 0 });
    expect(() => scheduledInterpolant({ alpha: schedule, beta: schedule, name: 1 as never })).toThrow('"name"');
  });
});
