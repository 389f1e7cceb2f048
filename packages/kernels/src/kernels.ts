import { checkFlag, checkOptions } from '@brenier/errors';
import { type Arena, createArena } from './arena.js';
import { compileBinary, compileIfSupported } from './binary.js';
import { binary as plainBinary } from './generated/plain.js';
import type { KernelExports } from './kernel-exports.js';

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
}

/** Options of {@link createKernels}. */
export interface CreateKernelsOptions {
  /**
   * Fused multiply-add where the engine has it: faster products, but the last bits then depend on the machine. Default
   * `false`. Engines without relaxed SIMD get the plain kernels.
   */
  readonly relaxedSimd?: boolean;
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
  const { relaxedSimd = false } = checkOptions('options', options, ['relaxedSimd']);
  if (checkFlag('relaxedSimd', relaxedSimd)) {
    const { binary } = await import('./generated/relaxed.js');
    const module = compileIfSupported(binary);
    if (module) return instantiate(module, true);
  }
  return createPlainKernels();
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
  plainModule ??= compileBinary(plainBinary);
  return instantiate(plainModule, false);
}

function instantiate(module: WebAssembly.Module, isRelaxed: boolean): Kernels {
  const memory = new WebAssembly.Memory({ initial: 2 });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const kernels = exports as unknown as KernelExports;
  return { memory, exports: kernels, arena: createArena(memory, kernels.heapBase()), isRelaxed };
}
