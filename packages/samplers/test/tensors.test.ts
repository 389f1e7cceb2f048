import { createRng, fillNormal } from '@brenier/random';
import { expectAllClose } from '@brenier/testing';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as arrays from '../src/index.js';
import { dormandPrince, euler, eulerMaruyama, heun, midpoint, rk4, stochasticHeun } from '../src/index.js';
import { integrate, integrateSde, startIntegration, startSdeIntegration, type TensorField } from '../src/tensors.js';
import { startBackend, testedBackends } from './tested-backends.js';

// v(x, t) = A x + t: the plane turns while it drifts.
const turn: TensorField = {
  dim: 2,
  evaluate: (x, t) =>
    tf.add(
      tf.matMul(
        x,
        tf.tensor2d([
          [0, 2],
          [-2, 0],
        ]),
      ),
      t,
    ),
};
const turnOfArrays: arrays.ArrayField = {
  dim: 2,
  evaluate(x, t, out) {
    for (let i = 0; i < x.length; i += 2) {
      out[i] = -2 * x[i + 1] + t;
      out[i + 1] = 2 * x[i] + t;
    }
  },
};
const start = fillNormal(createRng(0), new Float32Array(20));

describe.each(testedBackends)('integration on tensors, backend %s', (backend) => {
  let x0: tf.Tensor2D;
  let numTensors: number;

  beforeAll(async () => {
    await startBackend(backend);
  });
  beforeEach(() => {
    x0 = tf.tensor2d(Float32Array.from(start), [10, 2]);
    numTensors = tf.memory().numTensors;
  });
  afterEach(() => {
    // Every test disposes of what it was given, so anything left over is a leak of the integrators.
    expect(tf.memory().numTensors).toBe(numTensors);
    x0.dispose();
  });

  const choices: arrays.IntegrateOptions[] = [
    ...[euler(), midpoint(), heun(), rk4()].map((method) => ({ method, numSteps: 10, keep: 'trajectory' as const })),
    { method: heun(), numSteps: 10, times: [0, 0.33, 0.5, 0.97, 1] },
    { method: dormandPrince({ absoluteTolerance: 1e-4 }), times: [0, 0.3, 1] },
    { method: dormandPrince({ absoluteTolerance: 1e-4 }), from: 1, to: 0 },
  ];
  for (const options of choices) {
    it(`agrees with arrays to float32 and leaves no tensor behind: ${options.method.name} from ${options.times ?? options.from ?? 0}`, () => {
      const onTensors = integrate(turn, x0, options);
      const onArrays = arrays.integrate(turnOfArrays, start, options);
      const { status, nfe, numSteps, numRejected, t, times } = onArrays;
      expect(onTensors).toMatchObject({ status, nfe, numSteps, numRejected, t, times });
      // Ten steps of four stages in float32, 6e-8 each, on numbers of size 3.
      onTensors.states.forEach((state, k) => expectAllClose(state.dataSync(), onArrays.states[k], { absolute: 1e-5 }));
      expectAllClose(onTensors.final.dataSync(), onArrays.final, { absolute: 1e-5 });
      expect(onTensors.final.shape).toEqual([10, 2]);
      tf.dispose([onTensors.final, ...onTensors.states]);
    });
  }

  for (const method of [eulerMaruyama(), stochasticHeun()]) {
    for (const [from, to] of [
      [0, 1],
      [1, 0],
    ]) {
      it(`draws the same noise as arrays: ${method.name} from ${from}`, () => {
        const options = { method, diffusion: (t: number) => 1 + t, numSteps: 10, from, to };
        const { final, nfe } = integrateSde(createRng(5), turn, x0, options);
        const expected = arrays.integrateSde(createRng(5), turnOfArrays, start, options);
        expectAllClose(final.dataSync(), expected.final, { absolute: 1e-5 });
        expect(nfe).toBe(expected.nfe);
        final.dispose();
      });
    }
  }

  it('frees its registers when stepped by hand, finished or not', () => {
    const rng = createRng(1);
    for (const integration of [
      startIntegration(turn, x0, { method: dormandPrince(), keep: 'trajectory' }),
      startSdeIntegration(rng, turn, x0, { method: eulerMaruyama(), diffusion: 1, numSteps: 5, keep: 'trajectory' }),
    ]) {
      integration.step();
      const state = integration.state();
      integration.step();
      const { final, states } = integration.result();
      integration.dispose();
      integration.dispose();
      expect(state.isDisposed || final.isDisposed).toBe(false);
      tf.dispose([state, final, ...states]);
    }
  });

  it('frees its registers where the field throws', () => {
    let calls = 0;
    const broken: TensorField = {
      dim: 2,
      evaluate: (x) => {
        if (++calls === 3) throw new Error('no field here');
        return tf.neg(x);
      },
    };
    expect(() => integrate(broken, x0, { method: rk4(), numSteps: 2, keep: 'trajectory' })).toThrow('no field here');
  });

  it('never disposes of what the field keeps, nor of the start', () => {
    const kept = tf.onesLike(x0);
    const field: TensorField = { dim: 2, evaluate: () => kept };
    const moved = integrate(field, x0, { method: rk4(), numSteps: 2 }).final;
    const itself = integrate({ dim: 2, evaluate: (x) => x }, x0, { method: euler(), numSteps: 1 }).final;
    expectAllClose(
      moved.dataSync(),
      start.map((x) => x + 1),
      { absolute: 1e-6 },
    );
    expectAllClose(
      itself.dataSync(),
      start.map((x) => 2 * x),
      { absolute: 1e-6 },
    );
    expect(kept.isDisposed || x0.isDisposed).toBe(false);
    tf.dispose([kept, moved, itself]);
  });

  it('sees what is not finite, in fixed steps and in adaptive ones', () => {
    for (const value of [NaN, Infinity]) {
      // One bad entry among twenty, where a careless maximum would lose it.
      const field: TensorField = {
        dim: 2,
        evaluate: (x) =>
          tf.add(
            x,
            tf.tensor2d(
              Float32Array.from({ length: 20 }, (_, i) => (i === 7 ? value : 0)),
              [10, 2],
            ),
          ),
      };
      const fixed = integrate(field, x0, { method: euler(), numSteps: 2 });
      const adaptive = integrate(field, x0, { method: dormandPrince({ firstStep: 0.5 }) });
      expect(fixed.status).toBe('non-finite');
      expect(adaptive.status).toBe('step-size-underflow');
      expectAllClose(adaptive.final.dataSync(), start);
      tf.dispose([fixed.final, adaptive.final]);
    }
  });

  it('takes whole-number tensors and stops at a signal', () => {
    const whole = tf.tensor2d([[1, 2]], [1, 2], 'int32');
    const { final, status } = integrate(turn, whole, { method: rk4(), numSteps: 1, signal: AbortSignal.abort() });
    expect(status).toBe('aborted');
    expect(final.dtype).toBe('float32');
    expect(Array.from(final.dataSync())).toEqual([1, 2]);
    tf.dispose([whole, final]);
  });

  it('keeps the states before a slope that is not finite, and those of times that differ by rounding', () => {
    const pull: TensorField = { dim: 2, evaluate: (x, t) => tf.div<tf.Tensor2D>(tf.sub(3, x), 1 - t) };
    const zeros = tf.zeros<tf.Rank.R2>([10, 2]);
    const times = [0, 0.5, 0.5 + 2 ** -52, 0.97, 1];
    const { states, status, final } = integrate(pull, zeros, { method: midpoint(), numSteps: 20, times });
    expect(status).toBe('finished');
    expectAllClose(
      states.map((state) => state.dataSync()[0]),
      [0, 1.5, 1.5, 2.91, 3],
      { absolute: 1e-5 },
    );
    tf.dispose([zeros, final, ...states]);
  });

  it('refuses shapes that do not fit', () => {
    const options = { method: euler(), numSteps: 1 };
    const column = tf.zeros<tf.Rank.R2>([10, 1]);
    const none = tf.zeros<tf.Rank.R2>([0, 2]);
    const flat = tf.zeros([4]) as unknown as tf.Tensor2D;
    expect(() => integrate(turn, column, options)).toThrow(
      '"x0" expected shape [count, 2] with count >= 1, got [10, 1]',
    );
    expect(() => integrate(turn, none, options)).toThrow('got [0, 2]');
    expect(() => integrate(turn, flat, options)).toThrow('got [4]');
    expect(() => integrate(turn, start as never, options)).toThrow(
      '"x0" expected a tensor, got a Float32Array of length 20',
    );
    expect(() => integrate({ dim: 2, evaluate: () => column }, x0, options)).toThrow(
      'expected shape [10, 2], got [10, 1]',
    );
    expect(() => integrate({ dim: 2, evaluate: () => undefined as never }, x0, options)).toThrow('got undefined');
    expect(() => integrate(null as never, x0, options)).toThrow('"field" expected an object');
    const noisy = { method: eulerMaruyama(), diffusion: 1, numSteps: 1 };
    expect(() => integrateSde(createRng(0), null as never, x0, noisy)).toThrow('"drift" expected an object');
    expect(() => integrateSde(createRng(0), { dim: 2, evaluate: () => column }, x0, noisy)).toThrow('"drift.evaluate(');
    tf.dispose([column, none, flat]);
  });

  it('refuses a tensor that was disposed of, and strings', () => {
    const options = { method: euler(), numSteps: 1 };
    const gone = tf.zeros<tf.Rank.R2>([1, 2]);
    gone.dispose();
    const words = tf.tensor2d([['a', 'b']]);
    expect(() => integrate(turn, gone, options)).toThrow('"x0" expected a tensor in use');
    expect(() => integrate(turn, words, options)).toThrow('"x0" expected a tensor of numbers');
    expect(() => integrate(turn, x0, undefined as never)).toThrow('"method" expected an integrator, got undefined');
    words.dispose();
  });
});
