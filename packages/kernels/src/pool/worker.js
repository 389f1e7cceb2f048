// One worker of the pool, in Node or in a browser. It never returns to its event loop: it is told of work through
// shared memory, and stopped by being terminated.
/* global WebAssembly */
import { cell, runNextChunk, viewJob } from './job.js';

// About 20 microseconds of looking before a worker goes to sleep, as waking it takes longer than most pauses between
// two kernels.
const looksBeforeSleep = 10_000;

/** @type {{ onmessage: ((event: MessageEvent) => void) | null, postMessage(message: object): void }} */
const port = /** @type {any} */ (
  globalThis.process?.getBuiltinModule?.('node:worker_threads').parentPort ?? globalThis
);

port.onmessage = (event) => serve(event.data);

/** @param {{ module: WebAssembly.Module, memory: WebAssembly.Memory, jobOffset: number, thread: number }} setup */
function serve({ module, memory, jobOffset, thread }) {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const kernels = /** @type {Function[]} */ (Object.values(exports));
  const job = viewJob(memory.buffer, jobOffset);
  port.postMessage({ kind: 'ready' });
  for (let generation = 0; ;) {
    generation = waitForJob(job.cells, generation);
    try {
      while (runNextChunk(job, kernels, thread));
    } catch (error) {
      Atomics.store(job.cells, cell.isStopped, 1);
      port.postMessage({ kind: 'failed', reason: String(error) });
    }
    Atomics.store(job.cells, cell.answers + thread, generation);
    if (Atomics.load(job.cells, cell.callerSleeps) === 1) port.postMessage({ kind: 'done' });
  }
}

/**
 * @param {Int32Array} cells
 * @param {number} seen the generation that was served last
 */
function waitForJob(cells, seen) {
  for (let look = 0; look < looksBeforeSleep; look++) {
    const generation = Atomics.load(cells, cell.generation);
    if (generation !== seen) return generation;
  }
  Atomics.wait(cells, cell.generation, seen);
  return Atomics.load(cells, cell.generation);
}
