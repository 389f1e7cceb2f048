/** The objective of our OT-CFM run: made once here and once in each worker that prepares batches. */
import { gaussian } from '@brenier/datasets';
import { cloudSource, generatorSource, otConditionalFlowMatching, type Objective } from '@brenier/flows';

/** What the objective is made of. */
export interface OtCfmSettings {
  /** The data set, shape [n, 2]. */
  points: Float64Array;
  batchSize: number;
  sigma: number;
}

/** Noise to data, with exact pairs in every batch. */
export function createOtCfmObjective({ points, batchSize, sigma }: OtCfmSettings): Objective {
  return otConditionalFlowMatching({
    source: generatorSource((rng, count) => gaussian(rng, count), { dim: 2 }),
    target: cloudSource({ points, count: points.length / 2, dim: 2 }),
    batchSize,
    sigma,
  });
}
