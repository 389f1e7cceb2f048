/** The first byte after the static data: where an arena may start. */
export function heapBase(): usize {
  return __heap_base;
}
