/**
 * Multilayer perceptrons in float32.
 *
 * Samples are held in groups of eight: value k of sample 8p + q of an array with `rows` rows is entry (p·rows + k)·8 + q.
 * A layer's input has one row more than features, which holds ones, so that weights and bias are one matrix of shape
 * [features + 1, outputs]. Arrays of samples start at a multiple of 16 and have ⌈(features + 1) / 5⌉·5 rows, at least
 * ⌈outputs / 5⌉·5 where a product is written. Every sum has a fixed order: the plain binary gives the same bits on every
 * machine.
 */
export interface MlpLayerExports {
  /**
   * Packs `count` vectors of length `depth`, `vectorStep` and `depthStep` values apart, into tiles of five: entry k of
   * vector 5q + i goes to `out[(q·depth + k)·5 + i]`. `out`: ⌈count / 5⌉·5·depth values.
   */
  mlpWeightTiles(
    weights: number,
    count: number,
    vectorStep: number,
    depth: number,
    depthStep: number,
    out: number,
  ): void;
  /** `out[o] = Σ_k vector_o[k]·x[k]` for each sample, k < `depth`; `outputs` rows are written, rounded up to five. */
  mlpProduct(
    tiles: number,
    depth: number,
    outputs: number,
    x: number,
    xRows: number,
    groups: number,
    out: number,
    outRows: number,
  ): void;
  /**
   * Applies an activation (0 SELU, 1 SiLU, 2 ReLU, 3 tanh) in place to the first `width` rows, sets the next row to 1 and
   * the others to 0; the derivatives go to the same rows of `slopes`, unless it is 0. Values z have an error below 5e-7·|z|,
   * derivatives one below 5e-7·max(1, |z|).
   */
  mlpActivate(kind: number, values: number, rows: number, width: number, groups: number, slopes: number): void;
  /** Multiplies the first `width` rows by those of `slopes`. */
  mlpScale(delta: number, slopes: number, rows: number, width: number, groups: number): void;
  /**
   * Replaces each of the first `dim` rows v of `velocity` by (v − target)·(weight·factor) and returns Σ weight·(v −
   * target)², summed in float64. `target` has `dim` rows, `weights` one.
   */
  mlpResiduals(
    velocity: number,
    rows: number,
    target: number,
    dim: number,
    weights: number,
    factor: number,
    groups: number,
  ): number;
  /** Bytes of scratch that {@link MlpLayerExports.mlpAddGradient} needs. */
  mlpGradientScratch(inputs: number, outputs: number, groups: number): number;
  /**
   * Adds `Σ_s x_s ⊗ delta_s`, shape [inputs, outputs], to a gradient in tiles: ⌈inputs / 5⌉·⌈outputs / 8⌉·40 values.
   * `inputs` counts the row of ones.
   */
  mlpAddGradient(
    x: number,
    xRows: number,
    inputs: number,
    delta: number,
    deltaRows: number,
    outputs: number,
    groups: number,
    gradient: number,
    scratch: number,
  ): void;
  /** Writes a gradient in tiles to a row-major matrix, shape [inputs, outputs]. */
  mlpReadGradient(gradient: number, inputs: number, outputs: number, out: number): void;
}
