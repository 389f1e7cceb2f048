/** Magnitudes above this overflow when products of them are split into exact halves (a factor 2²⁷ + 1). */
const LARGEST_POTENTIAL = 1e290;

/**
 * Refuses costs whose potentials could overflow.
 *
 * A potential of a transport problem is a signed sum of fewer than rows + columns costs, so it is enough to bound that
 * sum.
 *
 * @throws RangeError where largestCost · nodes is above 1e290
 */
export function checkCostScale(name: string, largestCost: number, nodes: number): void {
  if (largestCost * nodes <= LARGEST_POTENTIAL) return;
  throw new RangeError(
    `"${name}" expected costs below ${LARGEST_POTENTIAL} / (rows + columns), got ${largestCost}: rescale the input`,
  );
}
