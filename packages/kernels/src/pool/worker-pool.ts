import { checkFlag, checkInteger, checkOptions, describeValue } from '@brenier/errors';
import { compileBinary, compileIfSupported } from '../binary.js';
import type { FloatArray } from '../float-arrays.js';
import { binary as plainBinary } from '../generated/plain.js';
import { holdParts } from '../held-parts.js';
import { checkJob, type KernelHost, type KernelJob } from '../kernel-host.js';
import { checkProduct, type MultiplyMatricesOptions } from '../matrix-product.js';
import { checkClouds, pairwiseScratchBytes } from '../pairwise-costs.js';
import { joinVectors } from '../wide-vectors.js';
import { usefulThreads } from './start-worker.js';
import { possibleThreads, startTeam, type Team } from './team.js';

/** Options of {@link createWorkerPool}. */
export interface CreateWorkerPoolOptions {
  /** Threads in all, the calling one included, 1 to 64. Default: the processors that the system offers. */
  readonly threads?: number;
  /** Fused multiply-add where the engine has it, as in `createKernels`. Default `false`. */
  readonly relaxedSimd?: boolean;
  /** Vectors of 256 bits where the engine can join pairs of them, as in `createKernels`. Default `false`. */
  readonly wideVectors?: boolean;
}

/** Options of one job of a {@link WorkerPool}. */
export interface PoolJobOptions {
  /** Stops the job between two chunks; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Kernels on several threads. Jobs run one after another; the bits of a result do not depend on the number of
 * threads, which is 1 where memory cannot be shared, whatever was asked for.
 */
export interface WorkerPool extends KernelHost {
  /** `multiplyMatrices`, its rows shared among the threads. */
  multiplyMatrices<T extends FloatArray>(
    a: T,
    b: T,
    options: MultiplyMatricesOptions,
    job?: PoolJobOptions,
  ): Promise<T>;
  /** `pairwiseSquaredDistances`, its rows shared among the threads. */
  pairwiseSquaredDistances<T extends FloatArray>(x: T, y: T, dim: number, job?: PoolJobOptions): Promise<T>;
  /** `pairwiseDistances`, its rows shared among the threads. */
  pairwiseDistances<T extends FloatArray>(x: T, y: T, dim: number, job?: PoolJobOptions): Promise<T>;
  /** A raw job like those of {@link KernelHost.runNow}, but with turns of the event loop between its chunks. */
  run(job: KernelJob, options?: PoolJobOptions): Promise<void>;
  /** Ends the workers. Jobs under way and later ones reject. */
  dispose(): Promise<void>;
}

/**
 * Starts a pool of workers that share one memory: worker threads in Node, module workers in a cross-origin-isolated
 * page.
 *
 * Work is cut into chunks of rows whose size depends on the shapes alone, so results have the same bits for any
 * number of threads, and the same as those of the functions without a pool. The calling thread works too. Starting
 * takes some 30 ms; idle workers spin for a millisecond and then sleep, and they do not keep a Node process alive.
 * Elsewhere the pool has one thread and the same results.
 *
 * @param options - see {@link CreateWorkerPoolOptions}
 * @returns the pool, ready; dispose of it when done
 * @throws TypeError or RangeError for unknown options or a number of threads outside 1 to 64, Error where a worker
 * cannot be started
 *
 * @example
 * A product on two threads.
 * ```ts
 * import { createWorkerPool } from '@brenier/kernels';
 *
 * const pool = await createWorkerPool({ threads: 2 });
 * const a = new Float32Array([1, 2]);
 * const b = new Float32Array([1, 2, 3, 4]);
 * await pool.multiplyMatrices(a, b, { rows: 1, inner: 2, columns: 2 }); // => Float32Array.of(7, 10)
 * await pool.dispose();
 * ```
 */
export async function createWorkerPool(options?: CreateWorkerPoolOptions): Promise<WorkerPool> {
  const given = checkOptions('options', options, ['threads', 'relaxedSimd', 'wideVectors']);
  const { threads: wanted = Math.min(usefulThreads(), 64), relaxedSimd = false, wideVectors = false } = given;
  const threads = possibleThreads(checkInteger('threads', wanted, 1, 64));
  const isWide = checkFlag('wideVectors', wideVectors) && joinVectors();
  const module = await loadModule(threads > 1, checkFlag('relaxedSimd', relaxedSimd));
  const team = await startTeam({ ...module, isWide, threads });
  let last: Promise<unknown> = Promise.resolve();

  /** One job after another: a team does one at a time. */
  function enqueue<T>(job: () => Promise<T>): Promise<T> {
    const result = last.then(job);
    last = result.catch(() => undefined);
    return result;
  }

  return {
    ...team,
    async multiplyMatrices(a, b, sizes, job) {
      const product = checkProduct(a, b, sizes);
      const signal = checkSignal(job);
      return (await enqueue(() => multiply(team, a, b, product, signal))) as typeof a;
    },
    async pairwiseSquaredDistances(x, y, dim, job) {
      const shape = checkClouds(x, y, dim);
      const signal = checkSignal(job);
      return (await enqueue(() => pairwise(team, x, y, { ...shape, dim, cost: 0 }, signal))) as typeof x;
    },
    async pairwiseDistances(x, y, dim, job) {
      const shape = checkClouds(x, y, dim);
      const signal = checkSignal(job);
      return (await enqueue(() => pairwise(team, x, y, { ...shape, dim, cost: 1 }, signal))) as typeof x;
    },
    async run(job, options) {
      checkJob(team.exports, job);
      const signal = checkSignal(options);
      await enqueue(() => team.run(job, signal));
    },
  };
}

async function loadModule(
  isShared: boolean,
  relaxedSimd: boolean,
): Promise<{ module: WebAssembly.Module; isRelaxed: boolean }> {
  if (relaxedSimd) {
    const { binary } = await (isShared ? import('../generated/relaxed-threads.js') : import('../generated/relaxed.js'));
    const module = compileIfSupported(binary);
    if (module) return { module, isRelaxed: true };
  }
  const binary = isShared ? (await import('../generated/plain-threads.js')).binary : plainBinary;
  return { module: compileBinary(binary), isRelaxed: false };
}

function checkSignal(job: PoolJobOptions | undefined): AbortSignal | undefined {
  const { signal } = checkOptions('job', job, ['signal']);
  if (signal === undefined || typeof signal?.throwIfAborted === 'function') return signal;
  throw new TypeError(`"signal" expected an AbortSignal, got ${describeValue(signal)}`);
}

// A chunk packs all of B for itself; with a hundred rows that is a few percent of its work, and a block of the
// kernel.
const rowsOfProduct = 100;

async function multiply(
  team: Team,
  a: FloatArray,
  b: FloatArray,
  { rows, inner, columns, transposeA, transposeB }: Required<MultiplyMatricesOptions>,
  signal: AbortSignal | undefined,
): Promise<FloatArray> {
  const size = a.BYTES_PER_ELEMENT;
  const perThread = team.exports.matrixProductScratch(Math.min(rows, rowsOfProduct), inner, columns, size);
  const length = rows * columns;
  return compute(team, [a, b], length, perThread, signal, ([aOffset, bOffset, c, scratch]) => ({
    kernel: a instanceof Float64Array ? 'matrixProduct64' : 'matrixProduct32',
    rows,
    rowsPerChunk: rowsOfProduct,
    arguments: [
      { start: aOffset, perRow: transposeA ? size : inner * size },
      ...[transposeA ? rows : inner, Number(transposeA), bOffset, Number(transposeB)],
      { start: c, perRow: columns * size },
      ...(['rows', inner, columns, { start: scratch, perThread }] as const),
    ],
  }));
}

// Rows of a chunk of distances: enough arithmetic to be worth a wake-up, whatever the shape.
const operationsOfChunk = 2_000_000;

async function pairwise(
  team: Team,
  x: FloatArray,
  y: FloatArray,
  { rows, columns, dim, cost }: { rows: number; columns: number; dim: number; cost: 0 | 1 },
  signal: AbortSignal | undefined,
): Promise<FloatArray> {
  const size = x.BYTES_PER_ELEMENT;
  const perThread = pairwiseScratchBytes(columns, dim);
  return compute(team, [x, y], rows * columns, perThread, signal, ([xOffset, yOffset, out, scratch]) => ({
    kernel: x instanceof Float64Array ? 'pairwiseCosts64' : 'pairwiseCosts32',
    rows,
    rowsPerChunk: Math.max(16, Math.ceil(operationsOfChunk / (columns * (dim + 4) + 1))),
    arguments: [
      { start: xOffset, perRow: dim * size },
      ...(['rows', yOffset, columns, dim, cost] as const),
      { start: out, perRow: columns * size },
      { start: scratch, perThread },
    ],
  }));
}

/**
 * Copies two operands in, runs the job that is given their places, that of the result and that of scratch, and copies
 * out.
 */
async function compute(
  team: Team,
  [x, y]: readonly [FloatArray, FloatArray],
  length: number,
  scratchPerThread: number,
  signal: AbortSignal | undefined,
  job: (offsets: readonly number[]) => KernelJob,
): Promise<FloatArray> {
  const { memory, threads } = team;
  const sizes = [x.byteLength, y.byteLength, length * x.BYTES_PER_ELEMENT, threads * scratchPerThread];
  const parts = holdParts(team, sizes);
  try {
    floatsAt(memory, parts.offsets[0], x.length, x).set(x);
    floatsAt(memory, parts.offsets[1], y.length, x).set(y);
    await team.run(job(parts.offsets), signal);
    return floatsAt(memory, parts.offsets[2], length, x).slice();
  } finally {
    parts.memory.release();
  }
}

/** A view of floats of the type of `like`. */
function floatsAt({ buffer }: WebAssembly.Memory, offset: number, length: number, like: FloatArray): FloatArray {
  return like instanceof Float64Array
    ? new Float64Array(buffer, offset, length)
    : new Float32Array(buffer, offset, length);
}
