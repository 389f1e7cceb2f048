/**
 * A splittable counter-based random generator and the distributions drawn from it.
 *
 * @packageDocumentation
 */
export {};
