// What a certificate says of the plan alone, from its entries.
import { checkInteger } from '@brenier/errors';
import type { Coupling } from '../coupling/coupling.js';
import { visitEntries } from '../coupling/visit-entries.js';
import { costBetween } from '../geometry/cost-at.js';
import type { TransportProblem } from '../problem/transport-problem.js';
import { CompensatedSum } from './compensated-sum.js';

/** What a plan costs, and how far it is from the masses given. */
export interface PlanAudit {
  /** ⟨C,P⟩, not yet rounded. */
  readonly primal: CompensatedSum;
  readonly smallestMass: number;
  readonly marginalError: number;
}

/** Visits every entry once. O(entries · dim). */
export function auditPlan({ geometry, a, b }: TransportProblem, coupling: Coupling): PlanAudit {
  const primal = new CompensatedSum();
  const excessOfRow = negated(a);
  const excessOfColumn = negated(b);
  const positive = coupling.kind === 'dense' || coupling.kind === 'implicit' ? coupling.rows * coupling.columns : 0;
  let smallestMass = Infinity;
  let visited = 0;
  visitEntries(coupling, (row, column, mass) => {
    checkInteger('row of an entry', row, 0, geometry.rows - 1);
    checkInteger('column of an entry', column, 0, geometry.columns - 1);
    primal.addProduct(mass, costBetween(geometry, row, column));
    excessOfRow[row] += mass;
    excessOfColumn[column] += mass;
    if (!(mass >= smallestMass)) smallestMass = mass; // lets NaN through
    visited++;
  });
  // Zeros are not visited, but they are entries of a matrix.
  if (visited < positive) smallestMass = Math.min(smallestMass, 0);
  return {
    primal,
    smallestMass,
    marginalError: Math.max(largestMagnitude(excessOfRow), largestMagnitude(excessOfColumn)),
  };
}

function negated(masses: Float64Array): Float64Array {
  const out = new Float64Array(masses.length);
  for (let i = 0; i < out.length; i++) out[i] = -masses[i];
  return out;
}

function largestMagnitude(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i])); // Math.max keeps NaN
  return largest;
}
