/**
 * Turns of the event loop for long computations.
 *
 * @packageDocumentation
 */
export { createPause, type Pause } from './pause.js';
