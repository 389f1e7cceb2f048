/**
 * Schrödinger bridges: exact ones, and learned ones by diffusion Schrödinger bridge matching.
 *
 * @packageDocumentation
 */
export type { PinnedLaw, Reference, Transition } from './reference/reference.js';
export { brownian, type BrownianOptions } from './reference/brownian.js';
export { ornsteinUhlenbeck, type OrnsteinUhlenbeckOptions } from './reference/ornstein-uhlenbeck.js';
export { backwardPinnedDrift, forwardPinnedDrift, type PinnedDrift } from './reference/pinned-drift.js';
export { samplePinned } from './reference/sample-pinned.js';
