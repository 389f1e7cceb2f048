/**
 * Convolutional networks on the wasm backend of TensorFlow.js: the kernels that it lacks, on the kernels of this workspace.
 *
 * @packageDocumentation
 * @module convolution
 */
export { registerWasmKernels, type RegisterWasmKernelsOptions } from './wasm-kernels/register.js';
