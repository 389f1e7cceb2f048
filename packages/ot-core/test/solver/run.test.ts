import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createTransportProblem,
  networkSimplex,
  orThrow,
  pointClouds,
  run,
  runSync,
  sinkhornSolver,
} from '../../src/index.js';
import { countdown, fresh } from './countdown.js';

afterEach(() => vi.unstubAllGlobals());

describe.each([
  ['run', run],
  ['runSync', async (...args: Parameters<typeof runSync>) => Promise.resolve().then(() => runSync(...args))],
] as [string, typeof run][])('%s', (_, solve) => {
  it('steps until the method is done, and disposes once', async () => {
    const state = fresh();
    expect(await solve(countdown(state), 5)).toEqual({ status: 'optimal', left: 0 });
    expect(state.disposed).toBe(1);
  });

  it('takes no step where the method is done at the start', async () => {
    expect(await solve(countdown(fresh()), 0)).toEqual({ status: 'optimal', left: 0 });
  });

  it('stops after maxSteps with the answer so far', async () => {
    const state = fresh();
    expect(await solve(countdown(state), 5, { maxSteps: 2 })).toEqual({ status: 'max-iterations', left: 3 });
    expect(await solve(countdown(state), 5, { maxSteps: 0 })).toEqual({ status: 'max-iterations', left: 5 });
    expect(state.disposed).toBe(1);
  });

  it('prefers the status of the method to a limit reached in the same step', async () => {
    expect(await solve(countdown(fresh()), 2, { maxSteps: 2 })).toEqual({ status: 'optimal', left: 0 });
  });

  it('stops at the time limit', async () => {
    const { status, left } = await solve(countdown(fresh(), 1), 1e9, { timeLimit: 5 });
    expect(status).toBe('time-limit');
    expect(left).toBeGreaterThan(0);
    expect(await solve(countdown(fresh()), 3, { timeLimit: 0 })).toEqual({ status: 'time-limit', left: 3 });
  });

  it('takes no step for a signal that is already raised, and does not throw', async () => {
    const state = fresh();
    expect(await solve(countdown(state), 5, { signal: AbortSignal.abort() })).toEqual({ status: 'aborted', left: 5 });
    expect(state.disposed).toBe(1);
  });

  it('stops between steps where a progress event raises the signal', async () => {
    const controller = new AbortController();
    const onProgress = ({ steps }: { steps: number }): void => {
      if (steps === 2) controller.abort();
    };
    const result = await solve(countdown(fresh()), 9, { signal: controller.signal, onProgress, progressInterval: 0 });
    expect(result).toEqual({ status: 'aborted', left: 7 });
  });

  it('reports progress with steps and time, and always at the end', async () => {
    const events: { progress: number; steps: number; elapsed: number }[] = [];
    await solve(countdown(fresh()), 3, { onProgress: (event) => events.push(event as never), progressInterval: 0 });
    expect(events.map(({ progress, steps }) => [progress, steps])).toEqual([
      [3, 0],
      [2, 1],
      [1, 2],
      [0, 3],
    ]);
    expect(events.every(({ elapsed }) => elapsed >= 0)).toBe(true);
  });

  it('throttles progress by time', async () => {
    const onProgress = vi.fn();
    await solve(countdown(fresh()), 1000, { onProgress, progressInterval: 1e9 });
    expect(onProgress).toHaveBeenCalledTimes(1);
  });

  it('passes on what a callback throws, and still disposes once', async () => {
    const state = fresh();
    const onProgress = (): void => {
      throw new Error('from the callback');
    };
    await expect(solve(countdown(state), 3, { onProgress })).rejects.toThrow('from the callback');
    expect(state.disposed).toBe(1);
  });

  it('passes on what a step throws, and still disposes once', async () => {
    const state = fresh();
    const step = (): void => {
      throw new Error('from the step');
    };
    await expect(solve({ ...countdown(state), step }, 3)).rejects.toThrow('from the step');
    expect(state.disposed).toBe(1);
  });

  it.each([
    [{ maxSteps: -1 }, '"maxSteps" expected a whole number >= 0, got -1'],
    [{ maxSteps: 1.5 }, '"maxSteps"'],
    [{ timeLimit: NaN }, '"timeLimit" expected a finite number >= 0, got NaN'],
    [{ progressInterval: -1 }, '"progressInterval"'],
    [{ onProgress: 3 }, '"onProgress" expected a function, got 3'],
    [{ signal: {} }, '"signal" expected an AbortSignal'],
    [{ abort: true }, 'got "abort"'],
  ])('refuses the options %o before it starts', async (options, message) => {
    const state = fresh();
    await expect(solve(countdown(state), 3, options as object)).rejects.toThrow(message);
    expect(state).toEqual(fresh());
  });
});

describe('run', () => {
  it('lets timers fire between slices, so that a timeout aborts it', async () => {
    const { status } = await run(countdown(fresh(), 1), 1e9, { signal: AbortSignal.timeout(20) });
    expect(status).toBe('aborted');
  });

  it('also finishes where only message ports can yield, as in browsers', async () => {
    vi.stubGlobal('setImmediate', undefined);
    expect((await run(countdown(fresh(), 1), 50)).status).toBe('optimal');
  });

  it('gives the answer of runSync', async () => {
    const x = Array.from({ length: 300 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
    const y = Array.from({ length: 300 }, (_, i) => [Math.sin(5 * i) + 1, Math.cos(7 * i)]);
    const problem = createTransportProblem(pointClouds(x, y));
    expect(await run(networkSimplex(), problem)).toEqual(runSync(networkSimplex(), problem));
  });

  it('returns a feasible plan from an aborted solve', async () => {
    const x = Array.from({ length: 300 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
    const problem = createTransportProblem(pointClouds(x, x.toReversed()));
    const { status, certificate, cost } = await run(networkSimplex(), problem, { signal: AbortSignal.abort() });
    expect(status).toBe('aborted');
    expect(cost).toBeGreaterThanOrEqual(0); // the least cost: both clouds are the same
    expect(certificate.marginalError).toBeLessThan(1e-12);
    expect(certificate.smallestMass).toBeGreaterThanOrEqual(0);
  });
});

describe('orThrow', () => {
  it('returns a result that is optimal or converged', () => {
    const result = { status: 'converged', cost: 1 } as const;
    expect(orThrow(result)).toBe(result);
  });

  it.each(['max-iterations', 'time-limit', 'aborted', 'infeasible'] as const)(
    'throws for %s, with the result as cause',
    (status) => {
      const result = { status };
      const thrown = (() => {
        try {
          orThrow(result);
        } catch (error) {
          return error as Error;
        }
      })();
      expect(thrown?.message).toBe(`"status" expected "optimal" or "converged", got "${status}"`);
      expect(thrown?.cause).toBe(result);
    },
  );
});

describe('what is neither a solver nor a problem', () => {
  const problem = createTransportProblem(pointClouds([[0]], [[1]]));

  it('is named before anything runs', async () => {
    for (const solver of [undefined, null, 3, 'emd', {}]) {
      expect(() => runSync(solver as never, problem)).toThrow(TypeError);
      await expect(run(solver as never, problem)).rejects.toThrow(TypeError);
    }
    expect(() => runSync({} as never, problem)).toThrow('"solver.init" expected a function, got undefined');
    for (const solver of [networkSimplex(), sinkhornSolver({ epsilon: 1 })]) {
      for (const wrong of [undefined, null, {}, problem.geometry, { ...problem, a: [1, 2] }]) {
        expect(() => runSync<unknown, never, unknown, unknown>(solver as never, wrong)).toThrow(
          '"problem" expected a problem from createTransportProblem',
        );
      }
    }
    for (const value of [undefined, null, 'optimal', {}]) {
      expect(() => orThrow(value as never)).toThrow('"result" expected the result of a solver');
    }
  });
});
