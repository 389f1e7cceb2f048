/**
 * Optimal transport couplings with a certificate in every result.
 *
 * @packageDocumentation
 */
export {};
