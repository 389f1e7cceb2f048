import type { Certificate } from './certificate.js';

/** The certificate of a solve that may have been stopped: it says what its lower bound rests on. */
export interface ExactCertificate extends Certificate {
  /**
   * What proves `dual`.
   *
   * `'all-pairs'`: the sweep over all pairs by code that the solver does not share; where the solve was not stopped.
   *
   * The other two cost no sweep, so that a stop takes milliseconds. Then `dual` bounds the cost of every plan by itself,
   * `worstViolation` is 0, since nothing is to be subtracted, and `largestCost` is an upper bound. `'potentials'`: the f
   * and g of the result are feasible by construction, up to 1e-12 of the largest cost, which is subtracted;
   * {@link certifyExact} judges them. `'coarse-level'`: a coarser problem was solved exactly, and the triangle inequality
   * of the 2-Wasserstein distance carries its cost over; f and g are those of that level, without a claim.
   */
  readonly proof: 'all-pairs' | 'potentials' | 'coarse-level';
}
