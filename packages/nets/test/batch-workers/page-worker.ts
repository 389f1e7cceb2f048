import { vi } from 'vitest';
import type { BatchWorker } from '../../src/workers.js';

/**
 * A worker as a page sees it, whose script runs in this thread with the globals of a worker: what crosses over is
 * cloned and transferred as between threads.
 *
 * @param script - called while the globals are those of the worker
 */
export function pageWorker(script: () => void): BatchWorker & EventTarget & { isTerminated: boolean } {
  const scope: { onmessage?: (event: { data: unknown }) => void } = {};
  const later = (work: () => void): void => void setTimeout(() => worker.isTerminated || work(), 0);
  const worker = Object.assign(new EventTarget(), {
    isTerminated: false,
    postMessage(message: unknown) {
      const data: unknown = structuredClone(message);
      later(() => scope.onmessage?.({ data }));
    },
    terminate() {
      worker.isTerminated = true;
    },
  });
  later(() => {
    vi.stubGlobal('WorkerGlobalScope', class {});
    vi.stubGlobal('postMessage', (message: unknown, transfer: ArrayBuffer[] = []) => {
      const data: unknown = structuredClone(message, { transfer });
      later(() => worker.dispatchEvent(new MessageEvent('message', { data })));
    });
    Object.defineProperty(globalThis, 'onmessage', {
      configurable: true,
      set: (listener: () => void) => (scope.onmessage = listener),
    });
    try {
      script();
    } finally {
      Reflect.deleteProperty(globalThis, 'onmessage');
      vi.stubGlobal('WorkerGlobalScope', undefined);
    }
  });
  return worker;
}
