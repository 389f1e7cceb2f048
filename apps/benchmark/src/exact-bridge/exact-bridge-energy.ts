/** What the exact Schrödinger bridge of a task spends: what the path energies of stochastic methods are judged by. No network, no draws. */
import {
  brownian,
  gridBridge,
  gridBridgeEnergy,
  planeEnds,
  planeMixture,
  type PlaneEndsOptions,
} from '@brenier/bridges';
import { transportTaskLaw, type EqualMixture, type TransportTaskName } from '@brenier/datasets';

/** An energy and how far it may be off. */
export interface ExactBridgeEnergy {
  /** ∫E‖v‖²dt of the probability flow of the bridge between the laws of the task. */
  pathEnergy: number;
  /** Its distance from the same on a grid with a longer step and fewer times, whose own error is far larger. */
  error: number;
}

/** The rectangle holds all but e^-15 of each law. */
const DEVIATIONS = 5.5;

/**
 * The energy of the bridge of a task for Brownian motion of a given σ, to about three digits: the error says it.
 *
 * @param name - the task
 * @param sigma - σ of the reference; seconds at 1, up to minutes at 0.3 where mass goes far
 */
export function exactBridgeEnergy(name: TransportTaskName, sigma: number): ExactBridgeEnergy {
  const { source, target } = transportTaskLaw(name);
  const energyAt = (resolution: number, numTimes: number): number => {
    const step = resolution * finestWidth(sigma, Math.min(source.sd, target.sd));
    const rectangle: PlaneEndsOptions = { ...rectangleOf([source, target]), step };
    const ends = planeEnds(densityOf(source), densityOf(target), rectangle);
    return gridBridgeEnergy(gridBridge(ends, { reference: brownian({ sigma }), tolerance: 1e-5 }), { numTimes });
  };
  const pathEnergy = energyAt(0.9, 20);
  return { pathEnergy, error: Math.abs(energyAt(1.15, 14) - pathEnergy) };
}

/** The width of the narrowest product of kernel and end that is summed. */
function finestWidth(sigma: number, sd: number): number {
  return (sigma * sd) / Math.sqrt(sigma * sigma + sd * sd);
}

function densityOf({ means, sd }: EqualMixture): (x: number, y: number) => number {
  return planeMixture({ means: means.points, sd });
}

function rectangleOf(laws: readonly EqualMixture[]) {
  const bound = (axis: number, sign: number): number =>
    sign *
    Math.max(
      ...laws.map(({ means: { points }, sd }) =>
        points.reduce(
          (most, each, i) => (i % 2 === axis ? Math.max(most, sign * each + DEVIATIONS * sd) : most),
          -Infinity,
        ),
      ),
    );
  return { left: bound(0, -1), right: bound(0, 1), bottom: bound(1, -1), top: bound(1, 1) };
}
