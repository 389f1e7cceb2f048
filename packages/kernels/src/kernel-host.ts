import { checkInteger, describeValue } from '@brenier/errors';
import type { KernelExports } from './kernel-exports.js';
import type { Kernels } from './kernels.js';

/** An offset that moves from row to row. */
export interface RowArgument {
  /** Its value for the first row. */
  readonly start: number;
  /** What a row adds. */
  readonly perRow: number;
}

/** An offset that moves from thread to thread: where the scratch memory of a thread is. */
export interface ThreadArgument {
  /** Its value for the calling thread. */
  readonly start: number;
  /** What a thread adds. */
  readonly perThread: number;
}

/** One argument of a kernel that runs over rows: a constant, the number of rows, or an offset that moves. */
export type JobArgument = number | 'rows' | RowArgument | ThreadArgument;

/** A kernel over rows, cut into chunks of a size that must not depend on the number of threads. */
export interface KernelJob {
  /** The kernel. */
  readonly kernel: keyof KernelExports;
  /** Rows in all. */
  readonly rows: number;
  /** Rows of a chunk. */
  readonly rowsPerChunk: number;
  /**
   * The kernel's arguments, at most sixteen: a number; `'rows'` for the rows of the chunk, once; `start + perRow ·
   * row` of its first row; or `start + perThread · thread`, for scratch memory.
   */
  readonly arguments: readonly JobArgument[];
}

/** Memory that belongs to one holder until it is released. */
export interface HeldMemory {
  /** Its first byte, a multiple of 16. */
  readonly offset: number;
  /** Gives it back; call it once. */
  release(): void;
}

/**
 * Where kernels run: a worker pool, or one instance on the calling thread. Code that holds memory and posts jobs here
 * runs on both, with the same bits.
 */
export interface KernelHost {
  /** Threads that take chunks, the calling one included. */
  readonly threads: number;
  /** The raw functions over `memory`, for the calling thread. */
  readonly exports: KernelExports;
  /** The memory of all threads. It may grow with every {@link KernelHost.hold}: make views where they are used. */
  readonly memory: WebAssembly.Memory;
  /** Whether multiply-adds may be fused. */
  readonly isRelaxed: boolean;
  /** Whether pairs of vectors may be joined: products then take twice as many numbers at a time, with the same bits. */
  readonly isWide: boolean;
  /**
   * Takes memory, not cleared. Held memory is given back in any order.
   *
   * @throws RangeError where the memory cannot grow that far
   */
  hold(bytes: number): HeldMemory;
  /**
   * Runs a job and returns when it is done, without a turn of the event loop: for jobs of milliseconds. The calling
   * thread works along and then spins. While another job is under way, or with one thread, it does all chunks itself.
   *
   * @throws RangeError for a job that is none, Error where a kernel traps, in whichever thread, or a thread does not come back; a pool is of no use
   * after that
   */
  runNow(job: KernelJob): void;
}

/**
 * Makes an instance a host: jobs run on the calling thread alone.
 *
 * @param kernels - the instance, on lease or not. Its arena is a stack: memory is given back at once if it was held last,
 * else with the lease
 * @returns the host
 *
 * @example
 * A million exponentials by chunks of a thousand.
 * ```ts
 * import { leaseKernels, localHost, returnKernels } from '@brenier/kernels';
 *
 * const kernels = leaseKernels();
 * const host = localHost(kernels);
 * const { offset } = host.hold(8e6);
 * const x = { start: offset, perRow: 8 };
 * new Float64Array(host.memory.buffer, offset, 1e6).fill(0);
 * host.runNow({ kernel: 'exponential', rows: 1e6, rowsPerChunk: 1000, arguments: [x, x, 'rows'] });
 * new Float64Array(host.memory.buffer, offset, 1e6).every((value) => value === 1); // => true
 * returnKernels(kernels);
 * ```
 */
export function localHost({ exports, memory, arena, isRelaxed, isWide }: Kernels): KernelHost {
  return {
    threads: 1,
    exports,
    memory,
    isRelaxed,
    isWide,
    hold(bytes) {
      const offset = arena.allocate(bytes);
      const end = arena.mark();
      return { offset, release: () => arena.mark() === end && arena.release(offset) };
    },
    runNow: (job) => runAlone(exports, checkJob(exports, job)),
  };
}

/** Checks what would hang or trap; a few nanoseconds. */
export function checkJob(exports: KernelExports, job: KernelJob): KernelJob {
  if (typeof exports[job.kernel] !== 'function') {
    throw new RangeError(`"kernel" expected the name of a kernel, got ${describeValue(job.kernel)}`);
  }
  checkInteger('rows', job.rows, 0, 2 ** 31 - 1);
  checkInteger('rowsPerChunk', job.rowsPerChunk, 1, 2 ** 31 - 1);
  checkInteger('arguments.length', job.arguments.length, 0, 16);
  return job;
}

/** Runs all chunks of a job on the calling thread, in order. */
export function runAlone(exports: KernelExports, job: KernelJob): void {
  const kernel: (...values: number[]) => unknown = exports[job.kernel];
  const values = new Array<number>(job.arguments.length).fill(0);
  for (let row = 0; row < job.rows; row += job.rowsPerChunk) {
    const rows = Math.min(job.rowsPerChunk, job.rows - row);
    for (let index = 0; index < values.length; index++) values[index] = valueOf(job.arguments[index], row, rows);
    kernel(...values);
  }
}

function valueOf(argument: JobArgument, row: number, rows: number): number {
  if (typeof argument === 'number') return argument;
  if (argument === 'rows') return rows;
  return argument.start + ('perRow' in argument ? argument.perRow * row : 0);
}
