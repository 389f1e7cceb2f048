import type { Certificate } from '../certificate/certificate.js';
import type { Coupling } from '../coupling/coupling.js';
import type { SolveStatus } from './solver.js';

/**
 * The answer of every transport solver. Plain data; everything else is a function of it.
 *
 * @typeParam C - the kind of coupling the solver returns
 */
export interface TransportResult<C extends Coupling = Coupling> {
  /** How the solve ended. */
  readonly status: SolveStatus;
  /** ⟨C,P⟩. */
  readonly cost: number;
  /** The coupling P. */
  readonly coupling: C;
  /** Potential of the rows, shape [rows]; f_i + g_j ≤ c_ij for exact OT. */
  readonly f: Float64Array;
  /** Potential of the columns, shape [columns]. */
  readonly g: Float64Array;
  /** The proof. */
  readonly certificate: Certificate;
  /** Steps of the method: pivots of the network simplex, sweeps of Sinkhorn. */
  readonly iterations: number;
}
