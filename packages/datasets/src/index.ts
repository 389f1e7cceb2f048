/**
 * Seeded point-cloud data sets of the flow-matching literature.
 *
 * @packageDocumentation
 */
export {};
