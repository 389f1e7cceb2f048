/**
 * WebAssembly hot loops with plain TypeScript references, a memory arena and a worker pool.
 *
 * @packageDocumentation
 */
export {};
