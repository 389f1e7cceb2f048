import type { HeldMemory, KernelHost } from './kernel-host.js';

/** One piece of memory for parts of these sizes in bytes, each of which begins a cache line after the one before. */
export function holdParts(host: KernelHost, sizes: readonly number[]): { memory: HeldMemory; offsets: number[] } {
  const memory = host.hold(sizes.reduce((total, size) => total + roundUpToLine(size), 0));
  let { offset } = memory;
  const offsets = sizes.map((size) => {
    const start = offset;
    offset += roundUpToLine(size);
    return start;
  });
  return { memory, offsets };
}

/** Rounded up to whole cache lines. */
export function roundUpToLine(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}
