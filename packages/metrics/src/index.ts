/**
 * Distances and energies that judge samples, each with its sampling floor.
 *
 * @packageDocumentation
 */
export {};
