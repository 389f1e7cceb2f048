const bytesPerPage = 65_536;

/**
 * Grows a memory to at least so many bytes: by a quarter of what is there where that works, so that many small
 * allocations cost few calls.
 */
export function growMemory(memory: WebAssembly.Memory, bytes: number): void {
  const present = memory.buffer.byteLength / bytesPerPage;
  const needed = Math.ceil(bytes / bytesPerPage) - present;
  if (needed <= 0) return;
  for (const pages of [Math.max(needed, Math.ceil(present / 4)), needed]) {
    try {
      memory.grow(pages);
      return;
    } catch {
      // The engine or the memory's own maximum refused; a smaller step may still do.
    }
  }
  throw new RangeError(
    `The WebAssembly memory of the kernels has ${memory.buffer.byteLength} bytes and could not grow to ${bytes}`,
  );
}
