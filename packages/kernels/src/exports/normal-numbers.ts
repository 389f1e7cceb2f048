/** Normal numbers of the streams of `@brenier/random`, with their bits in every binary. */
export interface NormalNumberExports {
  /**
   * `out[i] = 0 + spread·z`, z the normal number `first + i` of the stream with this `key` of four int32: what
   * `fillNormal` draws from it. `first` is a whole number below 2^52. `scratch`: 128 float64 values.
   */
  normalNumbers(key: number, first: number, spread: number, out: number, count: number, scratch: number): void;
}
