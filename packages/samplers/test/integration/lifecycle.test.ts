import { describe, expect, it, vi } from 'vitest';
import {
  dormandPrince,
  euler,
  integrate,
  rk4,
  runIntegration,
  startIntegration,
  type IntegrationProgress,
} from '../../src/index.js';
import { pulsating, scalarField } from '../fields.js';

describe('an integration under way', () => {
  it('stands still once it is done', () => {
    const integration = startIntegration(pulsating, [1], { method: rk4(), numSteps: 2 });
    for (let k = 0; k < 5; k++) integration.step();
    expect(integration.status).toBe('finished');
    expect(integration.progress).toEqual({ t: 1, fraction: 1, numSteps: 2, numRejected: 0, nfe: 8 });
    expect(integration.result()).toEqual(integrate(pulsating, [1], { method: rk4(), numSteps: 2 }));
  });

  it('gives a result at any moment: the trajectory up to there', () => {
    const field = scalarField(() => 1);
    const integration = startIntegration(field, [0], { method: euler(), numSteps: 4, keep: 'trajectory' });
    integration.step();
    const { status, t, states, final } = integration.result();
    expect({ status, t, count: states.length, final: final[0] }).toEqual({
      status: 'running',
      t: 0.25,
      count: 2,
      final: 0.25,
    });
    integration.step();
    expect(integration.t).toBe(0.5);
  });

  it('gives copies: what the caller does to a state never reaches the integration', () => {
    const integration = startIntegration(
      scalarField(() => 1),
      [0],
      { method: euler(), numSteps: 2 },
    );
    integration.state().fill(99);
    integration.result().final.fill(99);
    integration.step();
    expect(integration.state()[0]).toBe(0.5);
  });

  it('reports every step, rejected ones included', () => {
    const events: IntegrationProgress[] = [];
    const jump = scalarField((_, t) => (t < 0.4 ? 0 : 1));
    const result = integrate(jump, [0], { method: dormandPrince(), onProgress: (progress) => events.push(progress) });
    expect(events).toHaveLength(result.numSteps + result.numRejected);
    expect(events.at(-1)).toEqual({
      t: 1,
      fraction: 1,
      numSteps: result.numSteps,
      numRejected: result.numRejected,
      nfe: result.nfe,
    });
    expect(events.every(({ fraction }, k) => k === 0 || fraction >= events[k - 1].fraction)).toBe(true);
  });

  it('counts the fraction done from the start, also backwards', () => {
    const fractions: number[] = [];
    const onProgress = ({ fraction }: IntegrationProgress) => fractions.push(fraction);
    integrate(pulsating, [1], { method: euler(), numSteps: 4, from: 3, to: 1, onProgress });
    expect(fractions).toEqual([0.25, 0.5, 0.75, 1]);
  });

  it('stops between two stages of a step, and stays at the end of the step before', () => {
    for (const options of [{ method: rk4(), numSteps: 4 }, { method: dormandPrince({ firstStep: 0.25 }) }]) {
      const controller = new AbortController();
      let evaluations = 0;
      const field = scalarField(() => {
        if (++evaluations === 6) controller.abort();
        return 1;
      });
      const result = integrate(field, [0], { ...options, signal: controller.signal });
      expect(result).toMatchObject({ status: 'aborted', nfe: 6 });
      expect(result.t).toBeLessThan(1);
      // At unit speed the point is where the clock is, up to the rounding of the weights.
      expect(result.final[0]).toBeCloseTo(result.t, 14);
    }
  });

  it('does not start where the signal has fired before', () => {
    const field = { dim: 1, evaluate: vi.fn() };
    const result = integrate(field, [5], { method: rk4(), numSteps: 3, signal: AbortSignal.abort() });
    expect(result).toMatchObject({ status: 'aborted', t: 0, nfe: 0, numSteps: 0 });
    expect(result.final[0]).toBe(5);
    expect(field.evaluate).not.toHaveBeenCalled();
  });

  it('lets what the field throws pass', () => {
    const broken = {
      dim: 1,
      evaluate: () => {
        throw new Error('no field here');
      },
    };
    expect(() => integrate(broken, [0], { method: euler(), numSteps: 1 })).toThrow('no field here');
  });
});

describe('runIntegration', () => {
  it('ends with the bits of a run in one go', async () => {
    const options = { method: dormandPrince(), times: [0, 0.5, 1] };
    expect(await runIntegration(startIntegration(pulsating, [1], options))).toEqual(integrate(pulsating, [1], options));
  });

  it('lets the event loop turn, so that a signal stops an integration that would take long', async () => {
    const controller = new AbortController();
    const integration = startIntegration(pulsating, new Float64Array(1000).fill(1), {
      method: euler(),
      numSteps: 200_000,
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(), 1);
    expect((await runIntegration(integration)).status).toBe('aborted');
  });
});
