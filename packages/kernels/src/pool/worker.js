// One worker of the pool, in Node or in a browser. It never returns to its event loop: it is told of work through
// shared memory, and stopped by being terminated.
/* global WebAssembly */
import { cell, joinJob, viewJob } from './job.js';

// A worker looks for new work for a millisecond before it goes to sleep: waking it takes longer than most pauses
// between two jobs of one step of a training run.
const millisecondsOfLooking = 1;
const looksPerTime = 256;

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
    joinJob(job, kernels, thread);
    if (Atomics.load(job.cells, cell.callerSleeps) === 1) port.postMessage({ kind: 'left' });
  }
}

/**
 * @param {Int32Array} cells
 * @param {number} seen the generation that was served last
 */
function waitForJob(cells, seen) {
  for (const end = performance.now() + millisecondsOfLooking; performance.now() < end;) {
    for (let look = 0; look < looksPerTime; look++) {
      const generation = Atomics.load(cells, cell.generation);
      if (generation !== seen) return generation;
    }
  }
  Atomics.wait(cells, cell.generation, seen);
  return Atomics.load(cells, cell.generation);
}
