/**
 * The endpoint covariance of each half-iteration where every fit is exact and time is continuous, for unit covariances.
 *
 * Coordinates are independent of each other, so the recursions are those of one dimension.
 */
import { GAUSSIAN, type GaussianMethodName } from './gaussian-settings.js';

const SIGMA2 = GAUSSIAN.sigma * GAUSSIAN.sigma;

/** (√(4 + σ⁴) − σ²)/2, the covariance of the bridge itself; 0.618 at σ = 1. */
export const BRIDGE_COVARIANCE = (Math.sqrt(4 + SIGMA2 * SIGMA2) - SIGMA2) / 2;

/** Its variance at time t. */
export function bridgeVariance(t: number): number {
  return (1 - t) * (1 - t) + t * t + t * (1 - t) * Math.sqrt(4 + SIGMA2 * SIGMA2);
}

/** The covariances after the half-iterations 1, 2, …, `count`. */
export function exactIterates(method: GaussianMethodName, count: number): number[] {
  return method === 'DSBM-IMF' ? markovianFits(count) : proportionalFits(count);
}

/**
 * Iterative proportional fitting, of DSBM-IPF and DSB alike: the conditional law of one end given the other is kept, the other end is
 * put right. In one dimension: slope and scatter of a regression, from the ends of the reference on.
 */
function proportionalFits(count: number): number[] {
  let covariance = 1;
  let varianceOfKnown = 1 + SIGMA2;
  let varianceOfOther = 1;
  return Array.from({ length: count }, () => {
    const slope = covariance / varianceOfKnown;
    const scatter = varianceOfOther - slope * covariance;
    covariance = slope;
    // The known end has the variance 1 now; it is the other one that is known next.
    varianceOfKnown = slope * slope + scatter;
    varianceOfOther = 1;
    return covariance;
  });
}

/**
 * Iterated Markovian fitting from independent ends. Between ends of covariance c the reference has the variance 1 − k·t(1 − t), k = 2 − 2c − σ²,
 * and the Markov process with its marginals the linear drift (c − 1 + t k)/(1 − k·t(1 − t))·x; the covariance of its ends is the exponential of
 * the integral of that factor, −σ²/2·∫ dt/(1 − k·t(1 − t)) by symmetry. The same in both directions of time.
 */
function markovianFits(count: number): number[] {
  let covariance = 0;
  return Array.from({ length: count }, () => {
    const k = 2 - 2 * covariance - SIGMA2;
    covariance = Math.exp(-0.5 * SIGMA2 * integral((t) => 1 / (1 - k * t * (1 - t))));
    return covariance;
  });
}

/** Simpson's rule on [0, 1], of order 4: far below the digits that are drawn. */
function integral(value: (t: number) => number): number {
  const panels = 200;
  let sum = value(0) + value(1);
  for (let k = 1; k < panels; k++) sum += (k % 2 === 1 ? 4 : 2) * value(k / panels);
  return sum / (3 * panels);
}
