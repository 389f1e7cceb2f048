import { createRng, fillNormal } from '@brenier/random';
import { expectAllClose } from '@brenier/testing';
import { describe, expect, it, vi } from 'vitest';
import {
  dormandPrince,
  estimateLogLikelihood,
  euler,
  integrate,
  logLikelihood,
  rk4,
  runIntegration,
  startLogLikelihood,
  startLogLikelihoodEstimate,
  type ArrayField,
  type LogLikelihoodOptions,
} from '../../src/index.js';
import { scalarField } from '../fields.js';
import { mixtureFlow, type Mixture } from '../gaussian-flows.js';

const mixture: Mixture = {
  weights: [0.4, 0.6],
  centres: [
    [1, 0, -1, 0.5, 0],
    [-1, 1, 0, 0, 1],
  ],
  sd: 0.8,
};
const field = mixtureFlow(mixture);
const x = fillNormal(createRng(2), new Float64Array(5 * 120));
const options: LogLikelihoodOptions = { method: rk4(), numSteps: 12 };

describe('estimateLogLikelihood', () => {
  for (const law of ['rademacher', 'normal'] as const) {
    it(`is unbiased and knows its standard error, with ${law} probes`, () => {
      const { logDensity: exact } = logLikelihood(field, x, options);
      const estimate = estimateLogLikelihood(createRng(1), field, x, { ...options, law, probes: 24 });
      // The same steps, so the integrator errs alike; what remains is the error of 24 probes, Student's t with 23 degrees of
      // freedom where the estimates are about normal: over 120 points its mean is 0 ± 0.1 and its mean square 23/21 ± 0.15.
      const t = exact.map((value, i) => (estimate.logDensity[i] - value) / estimate.standardError[i]);
      const mean = t.reduce((sum, value) => sum + value, 0) / t.length;
      const meanSquare = t.reduce((sum, value) => sum + value * value, 0) / t.length;
      expect(Math.abs(mean)).toBeLessThan(0.4);
      expect(Math.abs(meanSquare - 23 / 21)).toBeLessThan(0.6);
      expect(estimate.source).toEqual(logLikelihood(field, x, options).source);
    });
  }

  it('has the smaller error with random signs, and none at all where the Jacobian is diagonal', () => {
    const spread = (law: 'rademacher' | 'normal', of: ArrayField) =>
      estimateLogLikelihood(createRng(1), of, x, { ...options, law, probes: 8 }).standardError.reduce(
        (sum, each) => sum + each,
        0,
      );
    expect(spread('rademacher', field)).toBeLessThan(spread('normal', field));
    const diagonal = scalarField((each, t) => Math.sin(each) * t, 5);
    // Differences leave 1e-10 a product.
    expect(spread('rademacher', diagonal) / 120).toBeLessThan(1e-8);
    expect(spread('normal', diagonal) / 120).toBeGreaterThan(0.01);
  });

  it('falls like one over the root of the number of probes', () => {
    const rms = (probes: number) => {
      const { logDensity } = estimateLogLikelihood(createRng(8), field, x, { ...options, probes });
      const { logDensity: exact } = logLikelihood(field, x, options);
      return Math.sqrt(exact.reduce((sum, value, i) => sum + (value - logDensity[i]) ** 2, 0) / exact.length);
    };
    // A ratio of 4 for 16 times as many; 120 points know each root mean square to 6 %.
    expect(Math.abs(rms(2) / rms(32) - 4)).toBeLessThan(1);
  });

  it('keeps its probes along the trajectory, so an adaptive method can follow', () => {
    const method = dormandPrince({ absoluteTolerance: 1e-7, relativeTolerance: 1e-7 });
    const estimate = estimateLogLikelihood(createRng(1), field, x, { method });
    const fine = estimateLogLikelihood(createRng(1), field, x, { method: rk4(), numSteps: 100 });
    expect(estimate.status).toBe('finished');
    expect(estimate.numSteps).toBeLessThan(100);
    expectAllClose(estimate.logDensity, fine.logDensity, { absolute: 1e-5 });
  });

  it('is a function of the seed, and leaves the generator where it was', () => {
    const rng = createRng(3);
    const before = rng.snapshot();
    const first = estimateLogLikelihood(rng, field, x, options);
    expect(rng.snapshot()).toEqual(before);
    rng.uniform();
    expect(estimateLogLikelihood(rng, field, x, options)).toEqual(first);
    expect(estimateLogLikelihood(createRng(4), field, x, options).logDensity).not.toEqual(first.logDensity);
  });

  it('costs one product per probe and evaluation, and has no standard error for a single probe', () => {
    const product = vi.fn((_x: Float64Array, _t: number, u: Float64Array, out: Float64Array) => out.set(u));
    const own: ArrayField = { dim: 5, evaluate: (at, _t, out) => out.set(at), jacobianProduct: product };
    const single = estimateLogLikelihood(createRng(0), own, x, { method: euler(), numSteps: 3, probes: 1 });
    expect(single).toMatchObject({ nfe: 3, numProducts: 3 });
    expect(single.standardError.every(Number.isNaN)).toBe(true);
    expect(single.logDensity.every(Number.isFinite)).toBe(true);
    expect(product).toHaveBeenCalledTimes(3);
    expect(estimateLogLikelihood(createRng(0), own, x, { method: euler(), numSteps: 3 })).toMatchObject({
      nfe: 3,
      numProducts: 12,
    });
  });
});

describe('log densities', () => {
  it('are not numbers where the flow could not be followed back, and the status says why', () => {
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    const aborted = logLikelihood(field, x, { ...options, signal: controller.signal, onProgress });
    expect(aborted).toMatchObject({ status: 'aborted', numSteps: 1, t: 11 / 12 });
    const stiff = logLikelihood(field, x, { method: dormandPrince({ maxSteps: 2 }) });
    expect(stiff).toMatchObject({ status: 'max-steps' });
    const broken = logLikelihood(
      scalarField((each) => each * NaN),
      [1, 2],
      { method: euler(), numSteps: 2 },
    );
    expect(broken).toMatchObject({ status: 'non-finite' });
    for (const { logDensity, standardError } of [aborted, stiff, broken]) {
      expect(logDensity.every(Number.isNaN) && standardError.every(Number.isNaN)).toBe(true);
    }
  });

  it('belong to the points where the flow came from', () => {
    const { source } = logLikelihood(field, x, { method: rk4(), numSteps: 60 });
    const { final } = integrate(field, source, { method: rk4(), numSteps: 60 });
    // There and back with a method of order 4 at h = 1/60.
    expectAllClose(final, x, { absolute: 1e-4 });
  });

  it('can be stepped from outside or run beside an event loop, with the same bits', async () => {
    const whole = logLikelihood(field, x, options);
    const stepped = startLogLikelihood(field, x, options);
    stepped.step(3);
    expect(stepped.progress).toEqual({ t: 0.75, fraction: 0.25, numSteps: 3, numRejected: 0, nfe: 12 });
    expect(stepped.result()).toMatchObject({ status: 'running', t: 0.75, numSteps: 3 });
    expect(stepped.result().logDensity.every(Number.isNaN)).toBe(true);
    stepped.step(Infinity);
    expect(stepped.result()).toEqual(whole);
    expect(await runIntegration(startLogLikelihood(field, x, options))).toEqual(whole);
    const estimate = await runIntegration(startLogLikelihoodEstimate(createRng(1), field, x, options));
    expect(estimate).toEqual(estimateLogLikelihood(createRng(1), field, x, options));
  });

  const refused: [string, unknown[], string][] = [
    ['points that do not fit', [field, [1, 2], options], '"x" expected a positive multiple of 5'],
    ['an empty batch', [field, [], options], '"x" expected a positive multiple of 5'],
    ['points that are not finite', [field, [1, 2, NaN, 0, 0], options], '"x[2]" expected a finite number, got NaN'],
    ['no field', [undefined, [0], options], '"field" expected an object'],
    [
      'a product that is none',
      [{ ...field, jacobianProduct: 1 }, x, options],
      '"field.jacobianProduct" expected a function',
    ],
    ['no method', [field, x, undefined], '"method" expected an integrator, got undefined'],
    ['an unknown option', [field, x, { ...options, trace: 'exact' }], 'got "trace"'],
    ['times, which belong to trajectories', [field, x, { ...options, times: [0, 1] }], 'got "times"'],
    ['an empty interval', [field, x, { ...options, from: 1 }], '"to" expected a time other than "from", got 1'],
    ['an end that is no time', [field, x, { ...options, from: null }], '"from" expected a finite number, got null'],
    ['no steps', [field, x, { method: rk4() }], '"numSteps" expected a whole number'],
    [
      'a base density that is none',
      [field, x, { ...options, baseLogDensity: 'normal' }],
      '"baseLogDensity" expected a function',
    ],
    [
      'a step of nothing',
      [field, x, { ...options, differenceStep: 0 }],
      '"differenceStep" expected a finite number > 0, got 0',
    ],
  ];
  for (const [what, args, message] of refused) {
    it(`refuse ${what}`, () => {
      expect(() => (logLikelihood as (...args: unknown[]) => unknown)(...args)).toThrow(message);
      expect(() => (estimateLogLikelihood as (...args: unknown[]) => unknown)(createRng(0), ...args)).toThrow(message);
    });
  }

  it('refuse probes that are none', () => {
    const estimate = (more: object) => () => estimateLogLikelihood(createRng(0), field, x, { ...options, ...more });
    expect(estimate({ probes: 0 })).toThrow('"probes" expected a whole number in');
    expect(estimate({ probes: 1.5 })).toThrow('"probes"');
    expect(estimate({ law: 'uniform' })).toThrow('"law" expected one of "rademacher", "normal", got "uniform"');
    expect(() => estimateLogLikelihood(Math as never, field, x, options)).toThrow('"rng"');
    expect(() => logLikelihood(field, x, { ...options, probes: 3 } as object as LogLikelihoodOptions)).toThrow(
      'got "probes"',
    );
  });
});
