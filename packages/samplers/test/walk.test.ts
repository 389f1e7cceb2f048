import { createRng, fillNormal, type Rng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import {
  dormandPrince,
  euler,
  eulerMaruyama,
  heun,
  integrate,
  integrateSde,
  midpoint,
  pinnedEulerMaruyama,
  reversedDrift,
  rk4,
  runIntegration,
  startIntegration,
  startSdeIntegration,
  stochasticHeun,
  type ArrayField,
  type IntegrateOptions,
  type IntegrationProgress,
} from '../src/index.js';
import { walkingField } from './walking-field.js';

// Not linear, not autonomous, and the coordinates of a point meet.
const swirl: ArrayField = {
  dim: 2,
  evaluate(x, t, out) {
    for (let i = 0; i < x.length; i += 2) {
      out[i] = x[i + 1] * (1 + t) - x[i] ** 3;
      out[i + 1] = t * t - x[i] * x[i + 1];
    }
  },
};
const start = fillNormal(createRng(0), new Float64Array(2 * 23));

describe('a field that walks', () => {
  for (const method of [euler(), midpoint(), heun(), rk4()]) {
    it(`gets all steps at once by ${method.name}, and the result has the bits of single steps`, () => {
      const field = walkingField(swirl, 7);
      const options: IntegrateOptions = { method, numSteps: 20, from: 0.2, to: 0.9 };
      expect(integrate(field, start, options)).toEqual(integrate(swirl, start, options));
      expect(field.walks).toEqual([{ steps: 20, from: 0.2, to: 0.9 }]);
    });
  }

  for (const method of [eulerMaruyama(), stochasticHeun()]) {
    for (const order of ['forwards', 'backwards'] as const) {
      it(`draws the same noise slab by slab, ${order}, by ${method.name}`, () => {
        const field = walkingField(swirl, 5, order);
        const options = { method, diffusion: (t: number) => 1 + t, numSteps: 12 };
        const walked = integrateSde(createRng(3), field, start, options);
        expect(walked).toEqual(integrateSde(createRng(3), swirl, start, options));
        expect(field.walks).toHaveLength(1);
      });
    }
  }

  it('steps singly with a generator of someone else, with the bits of single steps', () => {
    const inner = createRng(3);
    const wrap = (rng: Rng): Rng => ({
      uint32: () => rng.uint32(),
      uniform: () => rng.uniform(),
      fork: (label) => wrap(rng.fork(label)),
      snapshot: () => rng.snapshot(),
    });
    const field = walkingField(swirl, 5);
    const options = { method: stochasticHeun(), diffusion: 0.5, numSteps: 12 };
    expect(integrateSde(wrap(inner), field, start, options)).toEqual(integrateSde(inner, swirl, start, options));
    expect(field.walks).toEqual([]);
  });

  it('walks from one state that is kept to the next', () => {
    const field = walkingField(swirl, 4);
    const options: IntegrateOptions = { method: heun(), numSteps: 10, times: [0, 0.3, 0.5, 1] };
    expect(integrate(field, start, options)).toEqual(integrate(swirl, start, options));
    expect(field.walks.map(({ steps }) => steps)).toEqual([3, 2, 5]);
  });

  it('steps singly over a time between two points of the grid, with the bits of single steps', () => {
    const field = walkingField(swirl, 4);
    const options: IntegrateOptions = { method: rk4(), numSteps: 10, times: [0, 0.31, 0.35, 0.38, 0.72, 1] };
    expect(integrate(field, start, options)).toEqual(integrate(swirl, start, options));
    // Steps 3 and 7 hold the times; the steps behind them use the slope that the interpolation has paid for.
    expect(field.walks.map(({ steps }) => steps)).toEqual([3, 2, 1]);
  });

  it('walks backwards in time too', () => {
    const field = walkingField(swirl, 4);
    const options: IntegrateOptions = { method: midpoint(), numSteps: 6, from: 1, to: 0 };
    expect(integrate(field, start, options)).toEqual(integrate(swirl, start, options));
    const stochastic = { ...options, method: stochasticHeun(), diffusion: 0.3 };
    expect(integrateSde(createRng(1), field, start, stochastic)).toEqual(
      integrateSde(createRng(1), swirl, start, stochastic),
    );
  });

  it('keeps its walk when it is negated for reversed time, and walks with the bits of single steps', () => {
    const negated = (x: Float64Array, t: number, out: Float64Array) => {
      swirl.evaluate(x, t, out);
      out.forEach((each, i) => (out[i] = -each));
    };
    for (const method of [eulerMaruyama(), stochasticHeun(), pinnedEulerMaruyama()]) {
      const field = walkingField(swirl, 4);
      const options = { method, diffusion: 0.3, numSteps: 6, from: 1, to: 0 };
      const walked = integrateSde(createRng(2), reversedDrift(field), start, options);
      expect(walked).toEqual(integrateSde(createRng(2), { dim: 2, evaluate: negated }, start, options));
      expect(field.walks).toEqual([{ steps: 6, from: 1, to: 0 }]);
    }
    const field = walkingField(swirl, 4);
    const options: IntegrateOptions = { method: rk4(), numSteps: 5, from: 1, to: 0 };
    expect(integrate(reversedDrift(field), start, options)).toEqual(
      integrate({ dim: 2, evaluate: negated }, start, options),
    );
    expect(field.walks).toHaveLength(1);
    expect(reversedDrift(swirl).walk).toBeUndefined();
  });

  it('is never asked to walk by an adaptive method', () => {
    const field = walkingField(swirl, 4);
    expect(integrate(field, start, { method: dormandPrince() })).toEqual(
      integrate(swirl, start, { method: dormandPrince() }),
    );
    expect(field.walks).toEqual([]);
  });

  it('walks only a few steps at once where somebody looks on, who may stop it between two walks', () => {
    const controller = new AbortController();
    const events: IntegrationProgress[] = [];
    const onProgress = (progress: IntegrationProgress) => {
      events.push(progress);
      if (events.length === 2) controller.abort();
    };
    const field = walkingField(swirl, 4);
    const options: IntegrateOptions = { method: heun(), numSteps: 100 };
    const result = integrate(field, start, { ...options, signal: controller.signal, onProgress });
    const { numSteps } = events[1];
    expect(result).toMatchObject({ status: 'aborted', numSteps, nfe: 2 * numSteps });
    expect(numSteps).toBeLessThan(50);
    const singly = startIntegration(swirl, start, options);
    singly.step(numSteps);
    expect(result.final).toEqual(singly.state());
    expect(result.t).toBe(singly.t);
  });

  it('can be stepped by hand, some steps at a time', () => {
    const field = walkingField(swirl, 4);
    const options = { method: stochasticHeun(), diffusion: 1, numSteps: 10 };
    const integration = startSdeIntegration(createRng(2), field, start, options);
    integration.step();
    integration.step(3);
    expect(integration.progress).toEqual({ t: 0.4, fraction: 0.4, numSteps: 4, numRejected: 0, nfe: 8 });
    integration.step(Infinity);
    expect(field.walks.map(({ steps }) => steps)).toEqual([1, 3, 6]);
    expect(integration.result()).toEqual(integrateSde(createRng(2), swirl, start, options));
    expect(() => integration.step(0)).toThrow('"count" expected a whole number >= 1, got 0');
  });

  it('ends with the same bits when run beside an event loop', async () => {
    const options = { method: eulerMaruyama(), diffusion: 1, numSteps: 300 };
    const whole = integrateSde(createRng(2), swirl, start, options);
    for (const field of [swirl, walkingField(swirl, 4)]) {
      expect(await runIntegration(startSdeIntegration(createRng(2), field, start, options))).toEqual(whole);
    }
  });

  it('may leave the finite numbers, and the status says so', () => {
    const broken = walkingField({ dim: 1, evaluate: (_x, t, out) => out.fill(t > 0.5 ? NaN : 0) }, 1);
    expect(integrate(broken, [1, 2], { method: euler(), numSteps: 4 }).status).toBe('non-finite');
  });
});
