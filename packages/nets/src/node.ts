/**
 * The Node.js side of nets: engine choice, and checkpoints and models on disk.
 *
 * @packageDocumentation
 * @module node
 */
export { chooseEngine, type ChooseEngineOptions, type EngineChoice, type EngineName } from './engine/engine.js';
export { loadTfjsFolder, saveTfjsFolder } from './storage/tfjs-folder.js';
export type { FromTfjsModelOptions } from './storage/tfjs-model.js';
export type { SavedModel, SavedVelocityModel } from './storage/saved-model.js';
export { fileCheckpoint } from './storage/file-checkpoint.js';
export type { CheckpointStore } from './storage/checkpoint-store.js';
