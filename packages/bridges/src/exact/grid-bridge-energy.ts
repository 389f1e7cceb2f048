/**
 * The path energy ∫₀¹E‖v‖²dt of the probability flow of a bridge in the plane: what the energies of learned bridges are judged by. Sums
 * over the grid in space, Gauss–Legendre in u with t = u²(3 − 2u): an end of width s makes E‖v‖² vary within (s/σ)² of it like
 * 1/((s/σ)² + |t − end|), and the substitution moves that pole away.
 */
import { checkInteger, checkOptions } from '@brenier/errors';
import { gaussLegendre } from './gauss-legendre.js';
import type { GridBridge } from './grid-bridge.js';
import { gridMarginal } from './grid-marginal.js';

/** Options of {@link gridBridgeEnergy}. */
export interface GridBridgeEnergyOptions {
  /** Times at which E‖v‖² is taken. Default 24. */
  readonly numTimes?: number;
}

/**
 * ∫₀¹E‖v‖²dt for the velocity v of the probability flow of a bridge, without ½: never below W₂² of its ends.
 *
 * For the error, take it again on a grid with a longer step and with fewer times: both errors fall faster than any power. 24 times give
 * four digits where σ is ten times the width of an end, 12 times where they are alike.
 *
 * @param bridge - from {@link gridBridge}
 * @param options - number of times
 * @returns the energy, in units of x²; `numTimes` times the cost of {@link gridMarginal}
 * @throws TypeError or RangeError where the bridge is none, `numTimes` is not a whole number in [2, 1000] or an option is unknown
 *
 * @example
 * A translation by 2 costs 4, whatever σ is.
 * ```ts
 * import { brownian, gridBridge, gridBridgeEnergy, planeEnds } from '@brenier/bridges';
 *
 * const normalAt = (m: number) => (x: number, y: number) => -((x - m) ** 2 + y ** 2) / 2;
 * const ends = planeEnds(normalAt(-1), normalAt(1), { left: -7, right: 7, bottom: -6, top: 6, step: 0.5 });
 * const bridge = gridBridge(ends, { reference: brownian({ sigma: 0.6 }) });
 * gridBridgeEnergy(bridge, { numTimes: 8 }).toFixed(2); // => '4.00'
 * ```
 */
export function gridBridgeEnergy(bridge: GridBridge, options?: GridBridgeEnergyOptions): number {
  const { numTimes = 24 } = checkOptions('options', options, ['numTimes']);
  const { nodes, weights } = gaussLegendre(checkInteger('numTimes', numTimes, 2, 1000));
  let energy = 0;
  for (let k = 0; k < numTimes; k++) {
    const u = nodes[k];
    energy += weights[k] * 6 * u * (1 - u) * gridMarginal(bridge, u * u * (3 - 2 * u)).energy;
  }
  return energy;
}
