import { checkInteger, describeValue } from '@brenier/errors';
import { growMemory } from './memory-growth.js';

/** A stack of byte ranges inside one WebAssembly memory. */
export interface Arena {
  /** The present top, to hand to {@link Arena.release} later. */
  mark(): number;
  /**
   * Gives back everything allocated since a mark.
   *
   * @throws RangeError where the mark lies above the present top, as an older one does once a lower one was released
   */
  release(mark: number): void;
  /**
   * Reserves bytes and grows the memory where it must; the bytes are not cleared.
   *
   * @returns the offset of the first byte, a multiple of 16
   * @throws RangeError where the memory cannot grow that far (4 GiB at most)
   */
  allocate(bytes: number): number;
  /** A view of `length` float64 values. Any later allocation may detach it: make it again, it is cheap. */
  float64(offset: number, length: number): Float64Array;
  /** A view of `length` float32 values. Any later allocation may detach it. */
  float32(offset: number, length: number): Float32Array;
  /** A view of `length` signed 32-bit integers. Any later allocation may detach it. */
  int32(offset: number, length: number): Int32Array;
  /** A view of `length` unsigned 32-bit integers. Any later allocation may detach it. */
  uint32(offset: number, length: number): Uint32Array;
}

const alignment = 16;

/**
 * Makes a bump allocator over a WebAssembly memory.
 *
 * The memory never shrinks; it grows by at least a quarter at a time, so that many small allocations cost few
 * `memory.grow` calls.
 *
 * @param memory - the memory, shared or not
 * @param base - the first byte the arena may use: `heapBase()` of the module
 * @returns an empty arena
 * @throws TypeError or RangeError where `base` is not a whole number >= 0
 *
 * @example
 * Two arrays that live until the mark is released.
 * ```ts
 * import { createArena } from '@brenier/kernels';
 *
 * const arena = createArena(new WebAssembly.Memory({ initial: 1 }), 1024);
 * const mark = arena.mark();
 * const x = arena.allocate(3 * 8);
 * arena.float64(x, 3).set([1, 2, 3]);
 * arena.allocate(8) - x; // => 32
 * arena.release(mark);
 * arena.mark() === mark; // => true
 * ```
 */
export function createArena(memory: WebAssembly.Memory, base: number): Arena {
  if (!(memory instanceof WebAssembly.Memory)) {
    throw new TypeError(`"memory" expected a WebAssembly.Memory, got ${describeValue(memory)}`);
  }
  const bottom = alignUp(checkInteger('base', base, 0));
  let top = bottom;
  return {
    mark: () => top,
    release(mark) {
      top = checkInteger('mark', mark, bottom, top);
    },
    allocate(bytes) {
      const offset = top;
      const next = alignUp(offset + checkInteger('bytes', bytes, 0));
      if (next > memory.buffer.byteLength) growMemory(memory, next);
      top = next;
      return offset;
    },
    float64: (offset, length) => new Float64Array(memory.buffer, offset, length),
    float32: (offset, length) => new Float32Array(memory.buffer, offset, length),
    int32: (offset, length) => new Int32Array(memory.buffer, offset, length),
    uint32: (offset, length) => new Uint32Array(memory.buffer, offset, length),
  };
}

function alignUp(offset: number): number {
  return Math.ceil(offset / alignment) * alignment;
}
