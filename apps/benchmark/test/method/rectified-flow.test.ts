import { memoryCheckpoint } from '@brenier/nets/fused';
import { expect, test } from 'vitest';
import { seededTask } from '../../src/cell/tasks.js';
import { rf } from '../../src/method/rectified-flow.js';

test('a time limit that ends between the rounds ends the training, and again where it is resumed', async () => {
  const stores = new Map<string, ReturnType<typeof memoryCheckpoint>>();
  // A round of one step takes milliseconds, the pairs of the next one several seconds.
  const train = () =>
    rf.train({
      data: seededTask('moons', 1),
      steps: 2,
      timeLimit: 2,
      checkpoint(stage) {
        const store = stores.get(stage) ?? memoryCheckpoint();
        stores.set(stage, store);
        return store;
      },
      timePairing: (work) => work(),
      signal: new AbortController().signal,
      onProgress: () => {},
    });
  const { status, step } = await train();
  expect([status, step]).toEqual(['time-limit', 1]);
  expect((await train()).status).toBe('time-limit');
}, 240_000);
