import { createRng, type Rng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { refreshingObjective } from '../../src/learned/refreshing-objective.js';

/** An objective whose batches tell the word of the cache that they were drawn from. */
function telling(refreshEvery: number, make?: (rng: Rng) => Promise<number | undefined>) {
  const made: number[] = [];
  const objective = refreshingObjective<number>({
    dim: 1,
    name: 'telling',
    refreshEvery,
    rng: createRng('caches'),
    make:
      make ??
      ((rng) => {
        const word = rng.uint32();
        made.push(word);
        return Promise.resolve(word);
      }),
    draw: (cache) => ({
      count: 1,
      dim: 1,
      t: Float32Array.of(0),
      x: Float32Array.of(0),
      target: Float32Array.of(cache % 1000),
    }),
  });
  const draw = async () => (await objective.draw(createRng(0))).target[0];
  return { objective, made, draw };
}

const wordOf = (epoch: number) => createRng('caches').fork(epoch).uint32();

describe('an objective on a cache', () => {
  it('makes a cache when its turn comes, from a stream of its own', async () => {
    const { objective, made, draw } = telling(3);
    objective.start!(createRng(0), 0, 7);
    const seen = [];
    for (let k = 0; k < 7; k++) seen.push(await draw());
    expect(made).toEqual([0, 1, 2].map(wordOf));
    expect(seen).toEqual([0, 0, 0, 1, 1, 1, 2].map((epoch) => wordOf(epoch) % 1000));
  });

  it('makes the cache of the step that a run goes on from', async () => {
    const { objective, made, draw } = telling(3);
    objective.start!(createRng(0), 5, 7);
    expect([await draw(), await draw()]).toEqual([1, 2].map((epoch) => wordOf(epoch) % 1000));
    expect(made).toEqual([1, 2].map(wordOf));
  });

  it('makes none for the batch after the last update, which is evaluated only', async () => {
    const { objective, made, draw } = telling(3);
    objective.start!(createRng(0), 5, 6);
    const last = await draw();
    expect(await draw()).toBe(last);
    objective.start!(createRng(0), 6, 6);
    await draw();
    const done = telling(3);
    done.objective.start!(createRng(0), 6, 6);
    expect(await done.draw()).toBe(0);
    expect([made.length, done.made.length]).toEqual([1, 0]);
  });

  it('hands out a harmless batch where an abort came before the cache', async () => {
    const { objective } = telling(3, () => Promise.resolve(undefined));
    objective.start!(createRng(0), 0, 6);
    expect(await objective.draw(createRng(0))).toEqual({
      count: 1,
      dim: 1,
      t: Float32Array.of(0.5),
      x: Float32Array.of(0),
      target: Float32Array.of(0),
    });
  });
});
