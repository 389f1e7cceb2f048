import { CompensatedSum } from '../certificate/compensated-sum.js';
import { checkGeometry } from '../geometry/check-geometry.js';
import { costBetween } from '../geometry/cost-at.js';
import type { Geometry } from '../geometry/geometry.js';
import { checkCouplingShape, checkEntries } from './check-coupling.js';
import type { Coupling } from './coupling.js';
import { visitEntries } from './visit-entries.js';

/**
 * The cost ⟨C,P⟩ = Σ_ij c_ij P_ij of a coupling, optimal or not.
 *
 * Summed as if in twice the precision. Cost O(entries · dim), or O(rows · columns · dim) for dense and implicit
 * couplings.
 *
 * @param geometry - what a unit of mass pays
 * @param coupling - of any kind, with the geometry's shape
 * @returns the cost; for a distance, take the p-th root
 * @throws TypeError where `geometry` or `coupling` is none, RangeError where their shapes differ
 *
 * @example
 * Ignoring the costs is dearer than the optimal plan.
 * ```ts
 * import { emd, independentCoupling, pointClouds, transportCost } from '@brenier/ot-core';
 *
 * const geometry = pointClouds([[0], [1]], [[0], [1]]);
 * transportCost(geometry, independentCoupling([0.5, 0.5], [0.5, 0.5])); // => 0.5
 * transportCost(geometry, emd(geometry).coupling); // => 0
 * ```
 */
export function transportCost(geometry: Geometry, coupling: Coupling): number {
  const { rows, columns } = checkGeometry('geometry', geometry);
  const cost = new CompensatedSum();
  visitEntries(checkEntries(checkCouplingShape(coupling, rows, columns)), (row, column, mass) => {
    cost.addProduct(mass, costBetween(geometry, row, column));
  });
  return cost.value;
}
