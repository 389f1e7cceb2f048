import { checkFunction } from '@brenier/errors';
import { createPlainKernels, type Kernels } from './kernels.js';

// V8 reserves about 10 GiB of address space for every memory, so a few idle instances are all a process should keep.
const largestPool = 2;
const largestIdleBytes = 256 * 1024 * 1024;

const idle: Kernels[] = [];
const marks = new WeakMap<Kernels, number>();

/**
 * Lends an instance of the plain kernels, a used one where the pool has one.
 *
 * One lease is one private memory: a solver that works in steps may keep its state there until it returns the lease. A
 * lease that is dropped without being returned is collected like any object.
 *
 * @returns the instance, its arena empty, its memory not cleared
 * @throws Error where the engine has no WebAssembly SIMD
 *
 * @example
 * A lease is returned when the work is done.
 * ```ts
 * import { leaseKernels, returnKernels } from '@brenier/kernels';
 *
 * const kernels = leaseKernels();
 * const offset = kernels.arena.allocate(4 * 8);
 * kernels.arena.float64(offset, 4).fill(1);
 * returnKernels(kernels);
 * ```
 */
export function leaseKernels(): Kernels {
  const kernels = idle.pop() ?? createPlainKernels();
  marks.set(kernels, kernels.arena.mark());
  return kernels;
}

/**
 * Takes a lease back: its arena is emptied and the instance waits for the next lease.
 *
 * The pool keeps two instances. One whose memory has grown beyond 256 MiB is dropped, because WebAssembly memory cannot
 * shrink.
 *
 * @param kernels - what {@link leaseKernels} gave; nothing may use it afterwards
 * @throws Error where it is not on lease: returned before, or made otherwise
 *
 * @example
 * The memory of a returned lease is used again.
 * ```ts
 * import { leaseKernels, returnKernels } from '@brenier/kernels';
 *
 * const first = leaseKernels();
 * returnKernels(first);
 * const second = leaseKernels();
 * second === first; // => true
 * returnKernels(second);
 * ```
 */
export function returnKernels(kernels: Kernels): void {
  const mark = marks.get(kernels);
  if (mark === undefined)
    throw new Error('"kernels" expected an instance on lease, got one that was returned before or never lent');
  marks.delete(kernels);
  kernels.arena.release(mark);
  if (idle.length < largestPool && kernels.memory.buffer.byteLength <= largestIdleBytes) idle.push(kernels);
}

/**
 * Lends an instance for the length of one call.
 *
 * @param use - the work; it must not keep the instance
 * @returns what `use` returned
 * @throws whatever `use` throws; the instance is dropped then, since a trap may have left anything in it
 *
 * @example
 * A sum of squares computed in WebAssembly memory.
 * ```ts
 * import { withKernels } from '@brenier/kernels';
 *
 * withKernels(({ arena }) => {
 *   const x = arena.float64(arena.allocate(3 * 8), 3);
 *   x.set([1, 2, 3]);
 *   return x.reduce((sum, value) => sum + value * value, 0);
 * }); // => 14
 * ```
 */
export function withKernels<T>(use: (kernels: Kernels) => T): T {
  checkFunction('use', use);
  const kernels = leaseKernels();
  const result = use(kernels);
  returnKernels(kernels);
  return result;
}
