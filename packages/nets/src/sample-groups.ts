// Samples in groups of eight, as the kernels hold them: value k of sample 8p + q is entry (p·rows + k)·8 + q.

/** Where the first value of a sample is; its others follow eight entries apart. */
export function sampleOffset(sample: number, rows: number): number {
  return (sample >> 3) * 8 * rows + (sample & 7);
}

/** Copies the first `count` points of a row-major array to the first `dim` rows of groups. */
export function writePoints(
  points: Float32Array | Float64Array,
  count: number,
  dim: number,
  groups: Float32Array,
  rows: number,
): void {
  for (let i = 0, from = 0; i < count; i++) {
    for (let k = 0, at = sampleOffset(i, rows); k < dim; k++, at += 8, from++) groups[at] = points[from];
  }
}

/** Copies the first `dim` rows of `count` samples to a row-major array. */
export function readPoints(
  groups: Float32Array,
  rows: number,
  count: number,
  dim: number,
  points: Float32Array | Float64Array,
): void {
  for (let i = 0, to = 0; i < count; i++) {
    for (let k = 0, at = sampleOffset(i, rows); k < dim; k++, at += 8, to++) points[to] = groups[at];
  }
}
