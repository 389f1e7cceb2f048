// The laws behind the four tasks, in closed form: every one is a curve or a few points, blurred by normal noise.
import { cos, sin } from '@brenier/elementary';
import { checkOneOf } from '@brenier/errors';
import { EIGHT_DIRECTIONS } from './eight-gaussians.js';
import type { PointCloud } from './point-cloud.js';
import type { TransportTaskName } from './transport-tasks.js';

/** A mixture of normal laws of equal weight and spread: Σᵢ N(meanᵢ, sd²I)/count. */
export interface EqualMixture {
  /** The means, one per mode. */
  readonly means: PointCloud;
  /** Standard deviation of every mode along every axis. */
  readonly sd: number;
}

/** The two laws of a task. */
export interface TransportTaskLaw {
  /** The law at time 0. */
  readonly source: EqualMixture;
  /** The law at time 1. */
  readonly target: EqualMixture;
}

/**
 * The laws that `transportTasks` draw from, as mixtures: for exact bridges, densities and likelihoods.
 *
 * Half circles and the S become modes at most half a noise apart along the curve, which ripples the density by less than 1e-8 away from
 * the tips. Within four noises before a tip it is up to 0.3 % too high; beyond one it falls short of the curve's by 1.6 % at one noise,
 * 4.7 % at two, 9.5 % at three and 15.5 % at four, where it is a ten-thousandth of the density on the curve. The standardisation of the fourth source is that of an infinite sample, and modes that a sampler
 * deals out evenly or at random have equal weights. Cost: at most a few hundred modes, made at each call, so that
 * the caller may change them.
 *
 * @param name - the task
 * @returns its two laws
 * @throws RangeError where the name is unknown
 *
 * @example
 * The eight Gaussians are their own mixture; the source is one normal law.
 * ```ts
 * import { transportTaskLaw } from '@brenier/datasets';
 *
 * const { source, target } = transportTaskLaw('eightGaussians');
 * [source.means.count, target.means.count, target.sd]; // => [1, 8, 1]
 * ```
 */
export function transportTaskLaw(name: TransportTaskName): TransportTaskLaw {
  return LAWS[checkOneOf('name', name, Object.keys(LAWS) as TransportTaskName[])]();
}

const LAWS: Readonly<Record<TransportTaskName, () => TransportTaskLaw>> = /* @__PURE__ */ Object.freeze({
  moons: () => ({ source: standardNormal(), target: scaled(halfCircles(128, 0.05), 2, -1, 0) }),
  scurve: () => ({ source: standardNormal(), target: sCurve(384) }),
  eightGaussians: () => ({ source: standardNormal(), target: eightModes(5, 1) }),
  moonsToEightGaussians: () => ({ source: standardisedMoons(), target: eightModes(12, 1.5) }),
});

function standardNormal(): EqualMixture {
  return { means: { points: new Float64Array(2), count: 1, dim: 2 }, sd: 1 };
}

/** Modes in the middle of equal pieces of both half circles, before any scaling. */
function halfCircles(modesPerArc: number, sd: number): EqualMixture {
  const points = new Float64Array(4 * modesPerArc);
  for (let i = 0; i < modesPerArc; i++) {
    const angle = (Math.PI * (i + 0.5)) / modesPerArc;
    points.set([cos(angle), sin(angle)], 2 * i);
    points.set([1 - cos(angle), 0.5 - sin(angle)], 2 * (modesPerArc + i));
  }
  return { means: { points, count: 2 * modesPerArc, dim: 2 }, sd };
}

function scaled({ means, sd }: EqualMixture, factor: number, shiftX: number, shiftY: number): EqualMixture {
  const points = means.points.map((each, i) => factor * each + (i % 2 === 0 ? shiftX : shiftY));
  return { means: { ...means, points }, sd: factor * sd };
}

/** Mean 0 and standard deviation 7 over both coordinates together, the noise included. */
function standardisedMoons(): EqualMixture {
  const raw = halfCircles(64, 0.1);
  const { points } = raw.means;
  let mean = 0;
  for (const each of points) mean += each / points.length;
  let variance = raw.sd * raw.sd;
  for (const each of points) variance += ((each - mean) * (each - mean)) / points.length;
  const factor = 7 / Math.sqrt(variance);
  return scaled(raw, factor, -factor * mean, -factor * mean);
}

function sCurve(modes: number): EqualMixture {
  const points = new Float64Array(2 * modes);
  for (let i = 0; i < modes; i++) {
    const t = 3 * Math.PI * ((i + 0.5) / modes - 0.5);
    points.set([1.5 * sin(t), 1.5 * Math.sign(t) * (cos(t) - 1)], 2 * i);
  }
  return { means: { points, count: modes, dim: 2 }, sd: 1.5 * 0.05 };
}

function eightModes(radius: number, sd: number): EqualMixture {
  const points = Float64Array.from(EIGHT_DIRECTIONS, (each) => radius * each);
  return { means: { points, count: 8, dim: 2 }, sd };
}
