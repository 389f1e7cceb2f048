// Comparing the total masses of two measures.

/** Totals that differ by no more than this, relatively, are taken to be meant equal. */
const MASS_TOLERANCE = 1e-9;

/** Neumaier's compensated sum: the total of n weights to about 2⁻⁵³, whatever n. */
export function totalMass(weights: ArrayLike<number>): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i];
    const next = sum + weight;
    lost += sum >= weight ? sum - next + weight : weight - next + sum;
    sum = next;
  }
  return sum + lost;
}

/**
 * Checks that two totals agree to 1e-9, relatively.
 *
 * @throws RangeError that names both totals and the remedy
 */
export function checkEqualMass(massOfA: number, massOfB: number): void {
  if (Math.abs(massOfA - massOfB) <= MASS_TOLERANCE * Math.max(massOfA, massOfB)) return;
  throw new RangeError(
    `"b" expected the total mass ${massOfA} of "a", got ${massOfB}: ` +
      'divide each by its sum to compare them as probabilities',
  );
}
