import { checkInteger } from '@brenier/errors';
import type { HeldMemory } from '../kernel-host.js';
import { growMemory } from '../memory-growth.js';

/** Pieces of one memory that are given back in any order. */
export interface Heap {
  /** Takes memory, not cleared; see `KernelHost.hold`. */
  hold(bytes: number): HeldMemory;
}

const alignment = 64;

/**
 * Makes a first-fit allocator over the memory from `base` on. What is free is kept here and not in the memory, where
 * threads work: ranges in order, no two of them adjacent. A hold or a release costs a look at each range, of which
 * there are about as many as holders.
 */
export function createHeap(memory: WebAssembly.Memory, base: number): Heap {
  const bottom = alignUp(base);
  const free: { start: number; end: number }[] = [{ start: bottom, end: Infinity }];
  return {
    hold(bytes) {
      const size = alignUp(Math.max(1, checkInteger('bytes', bytes, 0)));
      // The last range has no end.
      const range = free.find(({ start, end }) => end - start >= size)!;
      const { start } = range;
      growMemory(memory, start + size);
      range.start += size;
      if (range.start === range.end) free.splice(free.indexOf(range), 1);
      return { offset: start, release: releaseOnce(start, start + size) };
    },
  };

  function releaseOnce(start: number, end: number): () => void {
    let isHeld = true;
    return () => {
      if (isHeld) release(start, end);
      isHeld = false;
    };
  }

  function release(start: number, end: number): void {
    const index = free.findIndex((range) => range.start >= end);
    free.splice(index, 0, { start, end });
    merge(index);
    merge(index - 1);
  }

  /** Joins a range with the next one where they touch. */
  function merge(index: number): void {
    const [range, next] = [free[index], free[index + 1]];
    if (range === undefined || next === undefined || range.end !== next.start) return;
    range.end = next.end;
    free.splice(index + 1, 1);
  }
}

function alignUp(offset: number): number {
  return Math.ceil(offset / alignment) * alignment;
}
