import {
  brownianBridgeInterpolant,
  empiricalField,
  gaussianField,
  gaussianMixtureField,
  gaussianToCloudField,
  independentComponents,
  linearInterpolant,
  trigonometricInterpolant,
  type ClosedFormField,
  type JointGaussian,
} from '../../src/index.js';

/** Correlated ends of different shapes, neither independent nor optimal. */
export const correlatedPair: JointGaussian = {
  mean0: [0, 1],
  mean1: [3, -1],
  covariance0: [2, 0.5, 0.5, 1],
  covariance1: [1, -0.3, -0.3, 2],
  crossCovariance: [0.2, 0.1, -0.4, 0.3],
};

const threeGaussians = [
  { ...correlatedPair, weight: 1 },
  { mean0: [-2, 0], mean1: [0, 2], covariance0: 0.5, covariance1: 0.25, crossCovariance: 0.3, weight: 2 },
  { mean0: [1, 1], mean1: [-1, -1], covariance0: 1, covariance1: 0, weight: 0.5 },
];

const bimodal = [-1, 2].map((at, k) => ({ weight: k + 1, mean: [at], covariance: 0.3 }));

/** Fields of every kind, whose laws have a density inside (0, 1). */
export const sampleFields: readonly (readonly [name: string, field: ClosedFormField])[] = [
  ['a Gaussian pair', gaussianField(correlatedPair)],
  [
    'a Gaussian pair along a Brownian bridge',
    gaussianField(correlatedPair, { interpolant: brownianBridgeInterpolant() }),
  ],
  [
    'a Gaussian pair along an arc',
    gaussianField(correlatedPair, { interpolant: trigonometricInterpolant({ sigma: 0.2 }) }),
  ],
  ['three joint Gaussians', gaussianMixtureField(threeGaussians)],
  ['two mixtures on the line, independent', gaussianMixtureField(independentComponents(bimodal, bimodal))],
  [
    'three weighted pairs with noise',
    empiricalField(
      { x0: [0, 0, 1, 0, 0, 1], x1: [2, 1, -1, 1, 0, -2], weights: [1, 2, 3] },
      { dim: 2, interpolant: linearInterpolant({ sigma: 0.7 }) },
    ),
  ],
  [
    'three pairs joined by Brownian bridges',
    empiricalField(
      { x0: [0, 1, 2], x1: [1, -1, 0] },
      { dim: 1, interpolant: brownianBridgeInterpolant({ sigma: 1.5 }) },
    ),
  ],
  [
    'a Gaussian to three points',
    gaussianToCloudField(
      { points: [0, 1, 2, 0, -1, -1], count: 3, dim: 2 },
      { mean: [0.5, 0], sd: 0.8, weights: [1, 1, 2] },
    ),
  ],
];
