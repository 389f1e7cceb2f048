/**
 * Integrators that turn a field into samples, for arrays and tensors.
 *
 * @packageDocumentation
 */
export {};
