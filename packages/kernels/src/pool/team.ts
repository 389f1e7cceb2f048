import { checkJob, type KernelHost, type KernelJob, runAlone } from '../kernel-host.js';
import type { KernelExports } from '../kernel-exports.js';
import { createHeap } from './heap.js';
import {
  cell,
  closeJob,
  isEmpty,
  type Job,
  jobBytes,
  maxThreads,
  numbersPerArgument,
  openJob,
  runNextChunk,
  stopReason,
  viewJob,
} from './job.js';
import { canShareMemory, startWorker, type WorkerHandle, type WorkerMessage } from './start-worker.js';

/** The calling thread and its workers over one memory; one job at a time. */
export interface Team extends KernelHost {
  /** Runs a job with turns of the event loop in between. */
  run(job: KernelJob, signal: AbortSignal | undefined): Promise<void>;
  dispose(): Promise<void>;
}

/** What {@link startTeam} needs to know. */
export interface StartTeamOptions {
  /** With one thread, or where memory cannot be shared, a plain one; else one for shared memory. */
  readonly module: WebAssembly.Module;
  readonly isRelaxed: boolean;
  readonly isWide: boolean;
  readonly threads: number;
  /** Milliseconds that a synchronous job waits for the last chunks of others before it takes their thread for dead. */
  readonly patience?: number;
}

const looksBeforeSleep = 10_000;
const looksPerTime = 256;
const millisecondsBetweenPauses = 20;

/** Starts workers on a module. */
export async function startTeam(options: StartTeamOptions): Promise<Team> {
  const { module, isRelaxed, isWide, threads, patience = 30_000 } = options;
  const memory = threads > 1 ? createSharedMemory() : new WebAssembly.Memory({ initial: 2 });
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const exports = instance.exports as unknown as KernelExports;
  const kernels = Object.values(instance.exports) as ((...values: number[]) => unknown)[];
  const places = new Map(Object.keys(instance.exports).map((name, index) => [name, index]));
  const { hold } = createHeap(memory, exports.heapBase());
  const jobOffset = hold(jobBytes).offset;
  new Uint8Array(memory.buffer, jobOffset, jobBytes).fill(0);
  const sharedJob = viewJob(memory.buffer, jobOffset);

  let readyWorkers = 0;
  let isBusy = false;
  let failure: Error | undefined;
  let wake: () => void = () => undefined;
  const workers = Array.from({ length: threads - 1 }, (_, index): WorkerHandle => {
    const worker = startWorker(onMessage, onDeath);
    worker.post({ module, memory, jobOffset, thread: index + 1 });
    return worker;
  });
  await sleepUntil(() => readyWorkers === workers.length);
  if (failure) {
    await dispose();
    throw failure;
  }
  keepAlive(false);
  return { threads, exports, memory, isRelaxed, isWide, hold, runNow, run, dispose };

  function runNow(job: KernelJob): void {
    if (failure) throw failure;
    checkJob(exports, job);
    try {
      if (isBusy || workers.length === 0 || job.rows <= job.rowsPerChunk) runAlone(exports, job);
      else shareNow(job);
    } catch (error) {
      failure ??= kernelFailure(String(error), error);
      throw failure;
    }
  }

  function shareNow(job: KernelJob): void {
    describe(sharedJob, job);
    openJob(sharedJob);
    try {
      while (runNextChunk(sharedJob, kernels, 0));
    } finally {
      closeJob(sharedJob);
    }
    if (!spinUntilEmpty()) failure = new Error('A worker of the pool does not come back from a kernel');
    throwIfStopped(sharedJob);
    if (failure) throw failure;
  }

  /** The main thread of a page must not wait in any other way. */
  function spinUntilEmpty(): boolean {
    for (let look = 0; look < looksPerTime; look++) if (isEmpty(sharedJob)) return true;
    for (const end = performance.now() + patience; performance.now() < end;) {
      for (let look = 0; look < looksPerTime; look++) if (isEmpty(sharedJob)) return true;
    }
    return false;
  }

  async function run(rows: KernelJob, signal: AbortSignal | undefined): Promise<void> {
    throwIfOver(signal);
    // A memory of one thread may have grown, which detaches its views.
    const job = workers.length === 0 ? viewJob(memory.buffer, jobOffset) : sharedJob;
    describe(job, rows);
    isBusy = true;
    try {
      if (workers.length === 0 || rows.rows <= rows.rowsPerChunk) await takeChunks(job, signal);
      else await shareChunks(job, signal);
    } finally {
      isBusy = false;
    }
    throwIfOver(signal);
  }

  function throwIfOver(signal: AbortSignal | undefined): void {
    if (failure) throw failure;
    signal?.throwIfAborted();
  }

  async function shareChunks(job: Job, signal: AbortSignal | undefined): Promise<void> {
    openJob(job);
    keepAlive(true);
    await takeChunks(job, signal);
    closeJob(job);
    if (!looksUntil(() => isEmpty(job))) {
      Atomics.store(job.cells, cell.callerSleeps, 1);
      await sleepUntil(() => isEmpty(job));
      Atomics.store(job.cells, cell.callerSleeps, 0);
    }
    keepAlive(false);
    if (!signal?.aborted) throwIfStopped(job);
  }

  /** Works like any worker, but lets the event loop turn now and then, so that an abort is heard. */
  async function takeChunks(job: Job, signal: AbortSignal | undefined): Promise<void> {
    try {
      let lastPause = performance.now();
      while (runNextChunk(job, kernels, 0)) {
        if (performance.now() - lastPause < millisecondsBetweenPauses) continue;
        await new Promise((resolve) => setTimeout(resolve, 0));
        if (signal?.aborted || failure) Atomics.store(job.cells, cell.isStopped, 1);
        lastPause = performance.now();
      }
    } catch (error) {
      failure ??= kernelFailure(String(error), error);
      Atomics.store(job.cells, cell.isStopped, 1);
    }
  }

  function throwIfStopped(job: Job): void {
    if (Atomics.load(job.cells, cell.isStopped) === 0) return;
    failure ??= kernelFailure(stopReason(job));
    throw failure;
  }

  function describe({ cells, numbers }: Job, { kernel, rows, rowsPerChunk, arguments: values }: KernelJob): void {
    cells[cell.kernel] = places.get(kernel)!;
    cells[cell.arity] = values.length;
    cells[cell.rows] = rows;
    cells[cell.rowsPerChunk] = rowsPerChunk;
    cells[cell.rowsArgument] = values.indexOf('rows');
    cells[cell.nextChunk] = 0;
    cells[cell.isStopped] = 0;
    cells[cell.reasonLength] = 0;
    for (let index = 0, at = 0; index < values.length; index++, at += numbersPerArgument) {
      const value = values[index];
      const moving = typeof value === 'object';
      numbers[at] = moving ? value.start : value === 'rows' ? 0 : value;
      numbers[at + 1] = moving && 'perRow' in value ? value.perRow * rowsPerChunk : 0;
      numbers[at + 2] = moving && 'perThread' in value ? value.perThread : 0;
    }
  }

  function onMessage(message: WorkerMessage): void {
    if (message.kind === 'ready') readyWorkers++;
    wake();
  }

  function onDeath(reason: string): void {
    failure ??= new Error(`A worker of the pool died: ${reason}`);
    wake();
  }

  /** Sleeps, the event loop turning, until a message makes the condition true or the pool has failed. */
  async function sleepUntil(isTrue: () => boolean): Promise<void> {
    while (!isTrue() && !failure) await new Promise<void>((resolve) => (wake = resolve));
  }

  function keepAlive(isKept: boolean): void {
    for (const worker of workers) worker.hold(isKept);
  }

  async function dispose(): Promise<void> {
    failure ??= new Error('The worker pool was disposed');
    await Promise.all(workers.map((worker) => worker.terminate()));
    wake();
  }
}

/** The number of threads that can be had. */
export function possibleThreads(wanted: number): number {
  return canShareMemory() ? Math.min(wanted, maxThreads) : 1;
}

/** 4 GiB of address space where the system gives that much, less elsewhere. */
function createSharedMemory(): WebAssembly.Memory {
  for (const maximum of [65_536, 32_768, 16_384, 4_096]) {
    try {
      return new WebAssembly.Memory({ initial: 2, maximum, shared: true });
    } catch {
      // The next smaller reservation may do.
    }
  }
  throw new RangeError('The worker pool cannot reserve 256 MiB of shared WebAssembly memory');
}

function kernelFailure(reason: string, cause?: unknown): Error {
  return new Error(`A kernel failed in the worker pool: ${reason}`, { cause });
}

function looksUntil(isTrue: () => boolean): boolean {
  for (let look = 0; look < looksBeforeSleep; look++) if (isTrue()) return true;
  return false;
}
