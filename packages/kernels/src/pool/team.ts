import { type Arena, createArena } from '../arena.js';
import type { KernelExports } from '../kernel-exports.js';
import { cell, type Job, jobBytes, maxThreads, numbersPerArgument, runNextChunk, viewJob } from './job.js';
import { canShareMemory, startWorker, type WorkerHandle, type WorkerMessage } from './start-worker.js';

/** One argument of a kernel that runs over rows: a constant, the number of rows, or an offset that moves. */
type RowArgument = number | 'rows' | { start: number; perRow: number } | { start: number; perThread: number };

/** A kernel over rows, cut into chunks of a size that does not depend on the number of threads. */
interface RowJob {
  /** The kernel. */
  kernel: keyof KernelExports;
  /** Rows in all. */
  rows: number;
  /** Rows of a chunk. */
  rowsPerChunk: number;
  /** The kernel's arguments. */
  arguments: readonly RowArgument[];
}

/** The calling thread and its workers over one memory; one job at a time. */
export interface Team {
  readonly threads: number;
  readonly arena: Arena;
  readonly exports: KernelExports;
  run(job: RowJob, signal: AbortSignal | undefined): Promise<void>;
  dispose(): Promise<void>;
}

const looksBeforeSleep = 10_000;
const millisecondsBetweenPauses = 20;

/** Starts workers on a module; with one thread, or where memory cannot be shared, `module` must be a plain one. */
export async function startTeam(module: WebAssembly.Module, threads: number): Promise<Team> {
  const isShared = threads > 1;
  const memory = isShared ? createSharedMemory() : new WebAssembly.Memory({ initial: 2 });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const names = Object.keys(exports);
  const kernels = Object.values(exports) as ((...values: number[]) => unknown)[];
  const kernelExports = exports as unknown as KernelExports;
  const arena = createArena(memory, kernelExports.heapBase());
  const jobOffset = arena.allocate(jobBytes);
  new Uint8Array(memory.buffer, jobOffset, jobBytes).fill(0);

  let readyWorkers = 0;
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
  hold(false);
  return { threads, arena, exports: kernelExports, run, dispose };

  async function run(rowJob: RowJob, signal: AbortSignal | undefined): Promise<void> {
    throwIfOver(signal);
    // A memory of one thread may have grown, which detaches its views.
    const job = viewJob(memory.buffer, jobOffset);
    describe(job, rowJob);
    if (workers.length === 0 || rowJob.rows <= rowJob.rowsPerChunk) await takeChunks(job, signal);
    else await shareChunks(job, signal);
    throwIfOver(signal);
  }

  function throwIfOver(signal: AbortSignal | undefined): void {
    if (failure) throw failure;
    signal?.throwIfAborted();
  }

  async function shareChunks(job: Job, signal: AbortSignal | undefined): Promise<void> {
    const generation = Atomics.add(job.cells, cell.generation, 1) + 1;
    Atomics.notify(job.cells, cell.generation);
    const haveAnswered = () =>
      workers.every((_, index) => Atomics.load(job.cells, cell.answers + index + 1) === generation);
    hold(true);
    await takeChunks(job, signal);
    if (!looksUntil(haveAnswered)) {
      Atomics.store(job.cells, cell.callerSleeps, 1);
      await sleepUntil(haveAnswered);
      Atomics.store(job.cells, cell.callerSleeps, 0);
    }
    // A worker whose kernel failed stops the others first and says why in a message that may still be on its way.
    if (Atomics.load(job.cells, cell.isStopped) === 1 && !signal?.aborted) await sleepUntil(() => false);
    hold(false);
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
      failure ??= new Error(`A kernel failed in the worker pool: ${String(error)}`, { cause: error });
      Atomics.store(job.cells, cell.isStopped, 1);
    }
  }

  function describe({ cells, numbers }: Job, { kernel, rows, rowsPerChunk, arguments: values }: RowJob): void {
    cells[cell.kernel] = names.indexOf(kernel);
    cells[cell.arity] = values.length;
    cells[cell.rows] = rows;
    cells[cell.rowsPerChunk] = rowsPerChunk;
    cells[cell.rowsArgument] = values.indexOf('rows');
    cells[cell.nextChunk] = 0;
    cells[cell.isStopped] = 0;
    values.forEach((value, index) => {
      const { start, perRow, perThread } = { perRow: 0, perThread: 0, ...asMoving(value) };
      numbers.set([start, perRow * rowsPerChunk, perThread], index * numbersPerArgument);
    });
  }

  function onMessage(message: WorkerMessage): void {
    if (message.kind === 'ready') readyWorkers++;
    if (message.kind === 'failed') failure = new Error(`A kernel failed in a worker of the pool: ${message.reason}`);
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

  function hold(isHeld: boolean): void {
    for (const worker of workers) worker.hold(isHeld);
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

function looksUntil(isTrue: () => boolean): boolean {
  for (let look = 0; look < looksBeforeSleep; look++) if (isTrue()) return true;
  return false;
}

function asMoving(value: RowArgument): { start: number } {
  return typeof value === 'object' ? value : { start: value === 'rows' ? 0 : value };
}
