/** Stable radix sorts in place, ascending; −0 comes before +0. */
export interface RadixSortExports {
  /** Bytes of `scratch` that a sort needs; `size` is 4 for float32 keys, 8 for float64 keys. */
  radixSortScratch(count: number, size: number): number;
  /** Sorts float64 keys and carries an int32 `payload` along; offset 0 means that there is none. */
  radixSort64(keys: number, payload: number, count: number, scratch: number): void;
  /** Sorts float32 keys and carries an int32 `payload` along; offset 0 means that there is none. */
  radixSort32(keys: number, payload: number, count: number, scratch: number): void;
}
