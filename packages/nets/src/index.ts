/**
 * Velocity networks, optimizers and a resumable training loop on TensorFlow.js.
 *
 * @packageDocumentation
 */
export {};
