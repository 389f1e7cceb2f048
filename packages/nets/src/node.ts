/**
 * The Node.js side of nets: engine choice and checkpoints on disk.
 *
 * @packageDocumentation
 * @module node
 */
export { chooseEngine, type ChooseEngineOptions, type EngineChoice, type EngineName } from './engine.js';
export { fileCheckpoint } from './file-checkpoint.js';
export type { CheckpointStore } from './checkpoint-store.js';
