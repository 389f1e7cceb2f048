/**
 * The tensor state algebra: the same integrators on TensorFlow.js tensors.
 *
 * @packageDocumentation
 */
export {};
