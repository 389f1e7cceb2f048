/**
 * Interpolants, pairings and flow-matching objectives.
 *
 * @packageDocumentation
 */
export {};
