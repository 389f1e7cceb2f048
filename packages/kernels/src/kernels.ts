import { checkFlag, checkOptions } from '@brenier/errors';
import { type Arena, createArena } from './arena.js';
import { compileBinary, compileIfSupported } from './binary.js';
import { binary as plainBinary } from './generated/plain.js';
import type { KernelExports } from './kernel-exports.js';
import { joinVectors } from './wide-vectors.js';

/** One instance of the WebAssembly kernels with a memory of its own. */
export interface Kernels {
  /** The memory of this instance; nobody else writes to it. */
  readonly memory: WebAssembly.Memory;
  /** The raw functions, which take byte offsets into `memory`. */
  readonly exports: KernelExports;
  /** The allocator of `memory`. */
  readonly arena: Arena;
  /** Whether multiply-adds may be fused, so that the last bits depend on the machine. */
  readonly isRelaxed: boolean;
  /** Whether the engine was asked to join pairs of vectors into wide ones, and can. */
  readonly isWide: boolean;
}

/** Options of {@link createKernels}. */
export interface CreateKernelsOptions {
  /**
   * Fused multiply-add where the engine has it: faster products, but the last bits then depend on the machine. Default
   * `false`. Engines without relaxed SIMD get the plain kernels.
   */
  readonly relaxedSimd?: boolean;
  /**
   * Vectors of 256 bits, with the same bits of every result: on Node from 24 on, on processors x64, where V8 is asked
   * to join pairs of vectors. That is an experiment of V8, it holds for the whole process, and what is already compiled
   * stays as it is. Default `false`. Elsewhere vectors stay as they are.
   */
  readonly wideVectors?: boolean;
}

let plainModule: WebAssembly.Module | undefined;

/**
 * Makes a private instance of the kernels, with relaxed SIMD on request.
 *
 * @param options - see {@link CreateKernelsOptions}
 * @returns the instance; it is never pooled
 * @throws TypeError or RangeError for unknown options, Error where the engine has no WebAssembly SIMD
 *
 * @example
 * A product that may use fused multiply-add.
 * ```ts
 * import { createKernels } from '@brenier/kernels';
 *
 * const kernels = await createKernels({ relaxedSimd: true });
 * kernels.exports.heapBase() > 0; // => true
 * ```
 */
export async function createKernels(options?: CreateKernelsOptions): Promise<Kernels> {
  const { relaxedSimd = false, wideVectors = false } = checkOptions('options', options, ['relaxedSimd', 'wideVectors']);
  const isWide = checkFlag('wideVectors', wideVectors) && joinVectors();
  if (checkFlag('relaxedSimd', relaxedSimd)) {
    const { binary } = await import('./generated/relaxed.js');
    const module = compileIfSupported(binary);
    if (module) return instantiate(module, true, isWide);
  }
  return instantiate(compilePlain(), false, isWide);
}

/**
 * Makes an instance of the plain kernels at once, with a memory of its own.
 *
 * The module is compiled at the first call and kept. Most callers want `leaseKernels`, which reuses instances.
 *
 * @returns the instance
 * @throws Error where the engine has no WebAssembly SIMD
 *
 * @example
 * An instance that nobody shares.
 * ```ts
 * import { createPlainKernels } from '@brenier/kernels';
 *
 * const { arena } = createPlainKernels();
 * arena.allocate(8) % 16; // => 0
 * ```
 */
export function createPlainKernels(): Kernels {
  return instantiate(compilePlain(), false, false);
}

function compilePlain(): WebAssembly.Module {
  return (plainModule ??= compileBinary(plainBinary));
}

function instantiate(module: WebAssembly.Module, isRelaxed: boolean, isWide: boolean): Kernels {
  const memory = new WebAssembly.Memory({ initial: 2 });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const kernels = exports as unknown as KernelExports;
  return { memory, exports: kernels, arena: createArena(memory, kernels.heapBase()), isRelaxed, isWide };
}
