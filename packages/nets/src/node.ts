/**
 * The Node.js side of nets: engine choice and checkpoints on disk.
 *
 * @packageDocumentation
 */
export {};
