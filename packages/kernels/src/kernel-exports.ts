import type { ConvolutionExports } from './exports/convolution.js';
import type { GibbsRowExports } from './exports/gibbs-rows.js';
import type { MatrixProductExports } from './exports/matrix-product.js';
import type { MlpExports } from './exports/mlp.js';
import type { NormalizedSiluExports } from './exports/normalized-silu.js';
import type { NormCostExports } from './exports/norm-costs.js';
import type { NormalNumberExports } from './exports/normal-numbers.js';
import type { PairExtremeExports } from './exports/pair-extremes.js';
import type { PairwiseCostExports } from './exports/pairwise-costs.js';
import type { RadixSortExports } from './exports/radix-sort.js';
import type { NetworkSimplexExports } from './exports/network-simplex.js';
import type { SoftMinExports } from './exports/soft-min.js';
import type { WordHashExports } from './exports/word-hash.js';

/**
 * The raw functions of the binary.
 *
 * Arrays are given by their byte offsets in the memory, are contiguous and row-major, and may be empty; those of 8-byte
 * values start at a multiple of 8, as everything from an arena does. The functions check nothing: the typed front
 * functions do.
 */
export interface KernelExports
  extends
    ConvolutionExports,
    GibbsRowExports,
    MatrixProductExports,
    MlpExports,
    NormCostExports,
    NormalNumberExports,
    NormalizedSiluExports,
    PairExtremeExports,
    PairwiseCostExports,
    RadixSortExports,
    SoftMinExports,
    NetworkSimplexExports,
    WordHashExports {
  /** The first byte after the static data of the module, where an arena may start. */
  heapBase(): number;
}
