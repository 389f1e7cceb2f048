// Every kernel of the binary. Kernels take byte offsets into the imported memory and keep no state: no globals that
// change, no allocation by the runtime (it is the never-freeing stub, and the binaries for threads run several
// instances over one memory).

export { heapBase } from './heap-base';
export { exponential } from './exponential';
export { logarithm } from './logarithm';
export { softMinColumns, softMinPoints, softMinRows } from './soft-min';
export { gibbsColumnSums, gibbsRows, gibbsRowsPoints, gibbsRowSums } from './gibbs-rows';
export { sinkhornSweep, sinkhornSweepPoints } from './sinkhorn-sweep';
export { pairExtremes, pairExtremesScratch } from './pair-extremes/index';
export { pairwiseCosts32, pairwiseCosts64 } from './pairwise-costs';
export { normCosts } from './norm-costs';
export { matrixProduct32, matrixProduct64, matrixProductScratch } from './matrix-product';
export { convolution, convolutionPanels, convolutionScratch } from './convolution';
export {
  convolutionFilterLane,
  convolutionFilterScratch,
  convolutionFilterSum,
  convolutionLaneBytes,
} from './convolution-filter';
export { normalizedSilu, normalizedSiluGradient, normalizedSiluScratch } from './normalized-silu';
export { mlpGradientLane } from './mlp/gradient-lane';
export { mlpReduceGradient } from './mlp/reduce';
export { mlpUpdateParameters } from './mlp/update';
export { mlpTransposeParameters } from './mlp/transpose';
export { mlpForwardBlock, mlpTangentBlock } from './mlp/evaluation';
export { mlpWalkBlock } from './mlp/walk';
export { normalNumbers } from './random/normal-numbers';
export { hashWords } from './word-hash';
export { radixSort32, radixSort64, radixSortScratch } from './radix-sort';
export {
  networkSimplexAddress,
  networkSimplexAdvance,
  networkSimplexAnswer,
  networkSimplexBegin,
  networkSimplexBytes,
  networkSimplexNumber,
  networkSimplexPlace,
  networkSimplexPotentials,
  networkSimplexSetNorm,
} from './network-simplex/index';
export { networkSimplexKeptBytes, networkSimplexResume } from './network-simplex/resume';
export { networkSimplexRound } from './network-simplex/round';
export { networkSimplexStartFrom } from './network-simplex/warm-start';
