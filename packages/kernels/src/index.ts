/**
 * WebAssembly hot loops with plain TypeScript references, a memory arena and a worker pool.
 *
 * @packageDocumentation
 */
export { type Arena, createArena } from './arena.js';
export type { NetworkSimplexExports } from './exports/network-simplex.js';
export type { SoftMinExports } from './exports/soft-min.js';
export type { KernelExports } from './kernel-exports.js';
export { createKernels, type CreateKernelsOptions, createPlainKernels, type Kernels } from './kernels.js';
export { leaseKernels, returnKernels, withKernels } from './lease.js';
