import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import {
  dormandPrince,
  euler,
  eulerMaruyama,
  integrate,
  integrateSde,
  type IntegrateOptions,
  runIntegration,
} from '../../src/index.js';
import { scalarField } from '../fields.js';

const plane = scalarField(() => 0, 2);
const valid: IntegrateOptions = { method: euler(), numSteps: 4 };
const timed = (options: Partial<IntegrateOptions>): IntegrateOptions => ({ method: euler(), ...options });

describe('the batch', () => {
  const refused: [string, unknown, string][] = [
    ['an empty batch', [], '"x0" expected a positive multiple of 2 coordinates, got 0'],
    ['half a point', [1, 2, 3], '"x0" expected a positive multiple of 2 coordinates, got 3'],
    ['NaN', [0, NaN], '"x0[1]" expected a finite number, got NaN'],
    ['an infinity', Float64Array.of(-Infinity, 0), '"x0[0]" expected a finite number, got -Infinity'],
    ['rows', [[0, 0]], '"x0" expected a typed array or an array of numbers'],
    ['nothing', undefined, '"x0" expected a typed array or an array of numbers, got undefined'],
  ];
  for (const [what, x0, message] of refused) {
    it(`may not be ${what}`, () => {
      expect(() => integrate(plane, x0 as number[], valid)).toThrow(message);
    });
  }

  it('may be one point, duplicates, or far from the origin', () => {
    const wind = scalarField(() => 1, 2);
    expect(Array.from(integrate(wind, [3, 4], valid).final)).toEqual([4, 5]);
    expect(Array.from(integrate(wind, [3, 4, 3, 4], valid).final)).toEqual([4, 5, 4, 5]);
    expect(Array.from(integrate(wind, [2 ** 40, -(2 ** 40)], valid).final)).toEqual([2 ** 40 + 1, 1 - 2 ** 40]);
  });
});

describe('the field', () => {
  it('must have a dimension and evaluate', () => {
    expect(() => integrate(null as never, [0], valid)).toThrow(
      '"field" expected an object with "dim" and "evaluate", got null',
    );
    expect(() => integrate({ dim: 0, evaluate: () => {} }, [0], valid)).toThrow('"field.dim"');
    expect(() => integrate({ dim: 1 } as never, [0], valid)).toThrow('"field.evaluate" expected a function');
    expect(() => integrate({ ...plane, walk: 3 as never }, [0, 0], valid)).toThrow('"field.walk" expected a function');
    const options = { method: eulerMaruyama(), diffusion: 1, numSteps: 1 };
    expect(() => integrateSde(createRng(0), null as never, [0], options)).toThrow('"drift" expected an object');
    expect(() => integrateSde(createRng(0), { ...plane, walk: 3 as never }, [0, 0], options)).toThrow('"drift.walk"');
  });

  it('must write its vectors: what is returned instead would pass for zero', () => {
    const returning = { dim: 1, evaluate: (x: Float64Array) => x.map((each) => each) };
    const message = '"field.evaluate(x, t, out)" expected to write to "out", got a Float64Array of length 2';
    for (const method of [euler(), dormandPrince()]) {
      expect(() =>
        integrate(returning, [1, 2], method.kind === 'adaptive' ? { method } : { ...valid, method }),
      ).toThrow(new TypeError(message));
    }
    const late = { dim: 1, evaluate: (x: Float64Array, _t: number, out: Float64Array) => Promise.resolve(out.set(x)) };
    expect(() => integrate(late, [1], valid)).toThrow('got an instance of Promise');
    const options = { method: eulerMaruyama(), diffusion: 1, numSteps: 1 };
    expect(() => integrateSde(createRng(0), returning, [1], options)).toThrow(
      '"drift.evaluate(x, t, out)" expected to write',
    );
    const strolling = { ...plane, walk: (x: Float64Array) => x.slice() };
    expect(() => integrate(strolling, [0, 0], valid)).toThrow('"field.walk(x, walk)" expected to write to "x"');
  });

  it('may return the array that it wrote to', () => {
    const wind = { dim: 1, evaluate: (_x: Float64Array, _t: number, out: Float64Array) => out.fill(1) };
    expect(Array.from(integrate(wind, [0], valid).final)).toEqual([1]);
  });
});

describe('the options', () => {
  const refused: [string, object, string][] = [
    ['no method', { numSteps: 3 }, '"method" expected an integrator, got undefined'],
    [
      'a method for another kind of equation',
      { method: eulerMaruyama(), numSteps: 3 },
      '"method.kind" expected one of',
    ],
    ['an unknown name', { ...valid, steps: 3 }, 'got "steps"'],
    ['no steps at all', timed({}), '"numSteps" expected a whole number in'],
    [
      'steps beside times for a method that chooses them',
      { method: dormandPrince(), numSteps: 4, times: [0, 1] },
      '"numSteps" expected to be absent for a',
    ],
    ['zero steps beside times', timed({ numSteps: 0, times: [0, 1] }), '"numSteps"'],
    ['zero steps', timed({ numSteps: 0 }), '"numSteps"'],
    ['ends beside times', timed({ times: [0, 1], to: 2 }), '"from" and "to" expected to be absent beside "times"'],
    ['one time', timed({ times: [0] }), '"times" expected at least 2 times, got 1'],
    ['times that turn back', timed({ times: [0, 2, 1] }), '"times" expected strictly monotone times, got 2 then 1'],
    ['a time twice', timed({ times: [0, 0.5, 0.5, 1] }), 'got 0.5 then 0.5'],
    ['a time that is not finite', timed({ times: [0, Infinity] }), '"times[1]" expected a finite number'],
    ['an empty interval', { ...valid, from: 1 }, '"to" expected a time other than "from", got 1'],
    ['an infinite end', { ...valid, to: Infinity }, '"to" expected a finite number'],
    [
      'more steps than the interval has numbers',
      { ...valid, from: 1, to: 1 + 2 ** -51 },
      '"numSteps" expected strictly monotone',
    ],
    [
      'steps for a method that chooses them',
      { method: dormandPrince(), numSteps: 4 },
      '"numSteps" expected to be absent for a',
    ],
    [
      'an unknown choice of what to keep',
      { ...valid, keep: 'all' },
      '"keep" expected one of "final", "trajectory", got "all"',
    ],
    ['a signal that is none', { ...valid, signal: {} }, '"signal" expected an AbortSignal'],
    ['a listener that is none', { ...valid, onProgress: 1 }, '"onProgress" expected a function, got 1'],
  ];
  for (const [what, options, message] of refused) {
    it(`may not hold ${what}`, () => {
      expect(() => integrate(plane, [0, 0], options as IntegrateOptions)).toThrow(message);
    });
  }

  it('must not be null where a default would do', () => {
    const fixed = { method: euler(), numSteps: 1 };
    for (const option of ['from', 'to', 'keep']) {
      expect(() => integrate(plane, [0, 0], { ...fixed, [option]: null })).toThrow(TypeError);
    }
    for (const option of ['absoluteTolerance', 'relativeTolerance', 'firstStep', 'maxSteps']) {
      expect(() => dormandPrince({ [option]: null })).toThrow(`"${option}" expected`);
    }
  });

  it('must hold a whole method', () => {
    for (const method of [{ kind: 'fixed-step' }, { kind: 'adaptive' }]) {
      expect(() => integrate(plane, [0, 0], { method: method as never, numSteps: 1 })).toThrow(
        '"method" expected an integrator, got an object with keys [kind]',
      );
    }
    expect(() =>
      integrateSde(createRng(0), plane, [0, 0], { method: { kind: 'stochastic' } as never, numSteps: 1, diffusion: 1 }),
    ).toThrow('"method" expected an integrator');
  });

  it('must hold an adaptive method that writes its dense weights', () => {
    const method = { ...dormandPrince(), denseWeights: () => [1] };
    expect(() => integrate(plane, [0, 0], { method, times: [0, 0.5, 1] })).toThrow(
      '"method.denseWeights(theta, out)" expected to write to "out", got an array of length 1',
    );
  });

  it('must be an integration to be run', async () => {
    for (const value of [undefined, null, 3, {}]) {
      await expect(runIntegration(value as never)).rejects.toThrow('"integration');
    }
  });
});
