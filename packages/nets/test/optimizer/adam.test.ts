import { readFileSync } from 'node:fs';
import { expectAllClose } from '@brenier/testing';
import { describe, expect, it } from 'vitest';
import { adam, adamW } from '../../src/index.js';

interface Fixture {
  readonly start: number[];
  readonly gradients: number[][];
  readonly runs: {
    readonly decoupled: boolean;
    readonly lr: number;
    readonly beta1: number;
    readonly beta2: number;
    readonly eps: number;
    readonly weight_decay: number;
    readonly path: number[][];
  }[];
}

// Written by fixtures/adam.py from the formulas of torch.optim in float64.
const fixture = JSON.parse(readFileSync(new URL('fixtures/adam.json', import.meta.url), 'utf8')) as Fixture;

describe('adam and adamW', () => {
  it.each(fixture.runs)('follow PyTorch: decoupled $decoupled, lr $lr, decay $weight_decay', (run) => {
    const make = run.decoupled ? adamW : adam;
    const optimizer = make({
      learningRate: run.lr,
      beta1: run.beta1,
      beta2: run.beta2,
      epsilon: run.eps,
      weightDecay: run.weight_decay,
    });
    const parameters = Float32Array.from(fixture.start);
    const state = optimizer.init(parameters.length);
    fixture.gradients.forEach((gradient, k) => {
      optimizer.update(state, parameters, Float32Array.from(gradient));
      // Forty roundings of parameters of order 1 to float32, and as many of the moments, relative to steps of order lr.
      if (k % 10 === 9) expectAllClose(parameters, run.path[(k - 9) / 10], { absolute: 2e-6, relative: 0 });
    });
    expect(state.step).toBe(40);
  });

  it('have the defaults of PyTorch', () => {
    expect(adam().name).toBe('adam {"learningRate":0.001,"beta1":0.9,"beta2":0.999,"epsilon":1e-8,"weightDecay":0}');
    expect(adamW().name).toBe(
      'adamW {"learningRate":0.001,"beta1":0.9,"beta2":0.999,"epsilon":1e-8,"weightDecay":0.01}',
    );
  });

  it('agree where nothing decays', () => {
    const [one, other] = [Float32Array.of(1, -2), Float32Array.of(1, -2)];
    for (const [optimizer, parameters] of [
      [adam(), one],
      [adamW({ weightDecay: 0 }), other],
    ] as const) {
      const state = optimizer.init(2);
      for (let k = 0; k < 5; k++) optimizer.update(state, parameters, Float32Array.of(0.1 * k, -3));
    }
    expect(other).toEqual(one);
  });

  it('keep everything they remember in their state', () => {
    const optimizer = adam();
    const gradient = Float32Array.of(0.5, -1);
    const parameters = Float32Array.of(1, 1);
    const state = optimizer.init(2);
    for (let k = 0; k < 3; k++) optimizer.update(state, parameters, gradient);
    const copy = structuredClone({ state, parameters });
    optimizer.update(state, parameters, gradient);
    adam().update(copy.state, copy.parameters, gradient);
    expect(copy).toEqual({ state, parameters });
  });

  it('correct the bias exactly after very many updates', () => {
    const optimizer = adam({ learningRate: 0.5 });
    const state = { ...optimizer.init(1), step: 2 ** 40 };
    const parameters = Float32Array.of(1);
    // The corrections are 1 by now, so the first gradient of 1 moves by lr · (1 − β₁) / √(1 − β₂) = 0.5 · 0.1 / √0.001.
    optimizer.update(state, parameters, Float32Array.of(1));
    expect(parameters[0]).toBeCloseTo(1 - 0.05 / Math.sqrt(0.001), 5);
  });

  it.each([
    [{ learningRate: -1 }, RangeError, '"learningRate" expected a finite number >= 0, got -1'],
    [{ learningRate: NaN }, RangeError, '"learningRate" expected a finite number >= 0, got NaN'],
    [{ beta1: 1 }, RangeError, '"beta1" expected a number in [0, '],
    [{ beta2: Infinity }, RangeError, '"beta2" expected a number in [0, '],
    [{ epsilon: 0 }, RangeError, '"epsilon" expected a finite number > 0, got 0'],
    [{ weightDecay: '1' }, TypeError, '"weightDecay" expected a finite number >= 0, got "1"'],
    [{ lr: 1 }, RangeError, '"options" expected only the options "learningRate"'],
  ])('refuse %j', (options, kind, message) => {
    for (const make of [adam, adamW]) {
      expect(() => make(options as never)).toThrow(kind);
      expect(() => make(options as never)).toThrow(message);
    }
  });
});
