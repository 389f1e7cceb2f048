import type { HeldMemory, KernelHost } from '../kernel-host.js';

/** Memory of a host that is laid out anew for each call and kept between them. */
export interface ScratchMemory {
  /** Offsets of blocks of these sizes in bytes, each a multiple of 16; what they held is lost. */
  layOut(sizes: readonly number[]): number[];
  /** A view of float32 values; the next call of `layOut` may detach it. */
  float32(offset: number, length: number): Float32Array;
  /** Writes int32 values. */
  writeInt32(offset: number, values: readonly number[]): void;
  /** Gives the memory back. */
  release(): void;
}

/** Makes a scratch memory that holds nothing yet; it grows to the largest layout asked of it. */
export function createScratchMemory(host: KernelHost): ScratchMemory {
  let held: HeldMemory | undefined;
  let heldBytes = 0;
  return {
    layOut(sizes) {
      const offsets: number[] = [];
      let bytes = 0;
      for (const size of sizes) {
        offsets.push(bytes);
        bytes += Math.ceil(size / 64) * 64;
      }
      if (held === undefined || bytes > heldBytes) {
        held?.release();
        held = undefined;
        // By half as much again: a host that gets memory back only with its lease must not be asked for every size in between.
        heldBytes = Math.max(bytes, Math.floor(1.5 * heldBytes));
        held = host.hold(heldBytes);
      }
      const { offset: start } = held;
      return offsets.map((offset) => start + offset);
    },
    float32: (offset, length) => new Float32Array(host.memory.buffer, offset, length),
    writeInt32: (offset, values) => new Int32Array(host.memory.buffer, offset, values.length).set(values),
    release() {
      held?.release();
      held = undefined;
      heldBytes = 0;
    },
  };
}
