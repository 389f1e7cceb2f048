/**
 * A splittable counter-based random generator and the distributions drawn from it.
 *
 * @packageDocumentation
 */
export { checkRng, createRng, restoreRng, streamKey, type Rng, type RngSnapshot } from './rng.js';
export { fillUniform, type FillUniformOptions, type FloatArray } from './uniform.js';
export { fillNormal, normal, type FillNormalOptions } from './normal.js';
export { normalQuantile } from './normal-quantile.js';
export { integer } from './integer.js';
export { permutation, shuffle, type ShuffleArray } from './permutation.js';
export { categorical, createAliasTable, type AliasTable } from './alias-table.js';
export { fillSphere } from './sphere.js';
