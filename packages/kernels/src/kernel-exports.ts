/**
 * The raw functions of the binary.
 *
 * Arguments called `…Offset` are byte offsets into the memory; arrays are contiguous and row-major. The functions check nothing: the typed
 * front functions do. Sizes may be zero.
 */
export interface KernelExports {
  /** The first byte after the static data of the module, where an arena may start. */
  heapBase(): number;
}
