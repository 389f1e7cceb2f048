import { describe, expect, it } from 'vitest';
import { canShareMemory, startWorker, usefulThreads } from '../../src/pool/start-worker.js';

describe('startWorker', () => {
  it('tells of the death of a worker, with the reason', async () => {
    const reason = await new Promise<string>((resolve) => {
      // A set-up without a module makes the worker throw at once.
      startWorker(() => undefined, resolve).post({});
    });
    expect(reason).toMatch(/WebAssembly|module/i);
  });

  it('is silent about a worker that was told to end', async () => {
    const deaths: string[] = [];
    const worker = startWorker(
      () => undefined,
      (reason) => deaths.push(reason),
    );
    await worker.terminate();
    expect(deaths).toEqual([]);
  });
});

describe('the platform', () => {
  it('shares memory in Node and offers at least one thread', () => {
    expect(canShareMemory()).toBe(true);
    expect(usefulThreads()).toBeGreaterThanOrEqual(1);
  });
});
