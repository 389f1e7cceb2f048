/**
 * The Node.js side of nets: engine choice, and checkpoints and models on disk.
 *
 * @packageDocumentation
 * @module node
 */
export { chooseEngine, type ChooseEngineOptions, type EngineChoice, type EngineName } from './engine.js';
export { loadTfjsFolder, saveTfjsFolder } from './tfjs-folder.js';
export type { FromTfjsModelOptions } from './tfjs-model.js';
export type { SavedModel, SavedVelocityModel } from './saved-model.js';
export { fileCheckpoint } from './file-checkpoint.js';
export type { CheckpointStore } from './checkpoint-store.js';
