// Which masses a float64 can carry through a solve.

/** Below it shares of a mass, and the errors of products with it, lose their digits. */
const LEAST_MASS = 1e-270;

/** Above it products overflow when they are split into exact halves (a factor 2²⁷ + 1). */
const LARGEST_MASS = 1e290;

/**
 * Refuses total masses that are too small or too large for certificates.
 *
 * @throws RangeError where the mass lies outside [1e-270, 1e290]
 */
export function checkMassScale(name: string, mass: number): number {
  if (mass >= LEAST_MASS && mass <= LARGEST_MASS) return mass;
  throw new RangeError(
    `"${name}" expected a total mass in [${LEAST_MASS}, ${LARGEST_MASS}], got ${mass}: rescale the weights`,
  );
}

/**
 * Refuses masses whose transport could cost more than a float64 holds.
 *
 * @throws RangeError where largestCost · mass is above 1e290
 */
export function checkCostOfMass(largestCost: number, mass: number): void {
  if (largestCost * mass <= LARGEST_MASS) return;
  throw new RangeError(
    `"a, b" expected a total mass below ${LARGEST_MASS} / ${largestCost}, the largest cost, got ${mass}: rescale the weights`,
  );
}
