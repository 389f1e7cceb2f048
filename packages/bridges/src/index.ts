/**
 * Schrödinger bridges: exact ones, and learned ones by diffusion Schrödinger bridge matching.
 *
 * @packageDocumentation
 */
export type { PinnedLaw, Reference, Transition } from './reference/reference.js';
