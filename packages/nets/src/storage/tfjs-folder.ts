// A layers model of TensorFlow.js on disk: `model.json` and the bytes of the weights beside it.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describeValue } from '@brenier/errors';
import writeFileAtomic from 'write-file-atomic';
import { crc32 } from './crc32.js';
import type { SavedModel, SavedVelocityModel } from './saved-model.js';
import { fromTfjsModel, toTfjsModel, type FromTfjsModelOptions, type TfjsModel } from './tfjs-model.js';
import type { TfjsWeightSpec } from './tfjs-weights.js';

/** What `model.json` holds. */
interface ModelJson extends TfjsModel {
  readonly weightsManifest: readonly { readonly paths: readonly string[]; readonly weights: TfjsWeightSpec[] }[];
}

const weightFile = /^weights-[0-9a-f]{8}\.bin$/;

/** The name of {@link saveTfjsFolder} for a file of weights; it holds their CRC-32. */
function weightFileName(bytes: Uint8Array): string {
  return `weights-${crc32(bytes).toString(16).padStart(8, '0')}.bin`;
}

/**
 * Writes a trained velocity network to a folder that `tf.loadLayersModel` opens; see {@link toTfjsModel}.
 *
 * The weights are written first, under a name that holds their checksum, then `model.json` is replaced: a process
 * killed at any moment leaves the model that was there before, or the new one. Weights that the replaced model alone
 * named are removed.
 *
 * @param folder - where; made if needed
 * @param model - description and parameters of a `velocityMlp` or `fusedMlp`
 * @throws (rejects) what {@link toTfjsModel} throws; TypeError where `folder` is no string; the file system's errors
 *
 * @example
 * ```ts
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { fusedMlp } from '@brenier/nets/fused';
 * import { loadTfjsFolder, saveTfjsFolder } from '@brenier/nets/node';
 *
 * const folder = join(tmpdir(), `example-${process.pid}-model`);
 * const { spec, parameterCount } = fusedMlp({ dim: 1, hidden: [4] });
 * await saveTfjsFolder(folder, { spec, parameters: new Float32Array(parameterCount).fill(0.5) });
 * const model = await loadTfjsFolder(folder);
 * model.parameters[0]; // => 0.5
 * ```
 */
export async function saveTfjsFolder(folder: string, model: SavedModel): Promise<void> {
  const place = checkFolder(folder);
  const { weightData, weightSpecs, ...rest } = toTfjsModel(model);
  const bytes = new Uint8Array(weightData);
  const file = weightFileName(bytes);
  const json = JSON.stringify({ ...rest, weightsManifest: [{ paths: [file], weights: weightSpecs }] });
  await mkdir(place, { recursive: true });
  const replaced = await ownWeightFiles(place);
  await writeFileAtomic(join(place, file), Buffer.from(bytes.buffer));
  await writeFileAtomic(join(place, 'model.json'), json);
  for (const old of replaced) if (old !== file) await rm(join(place, old), { force: true });
}

/**
 * Reads a velocity network from the folder of a layers model, whoever wrote it; see {@link fromTfjsModel}.
 *
 * @param folder - where `model.json` is, with the files that it names beside it
 * @param options - what the layers do not say about the input columns
 * @returns description and parameters
 * @throws (rejects) what {@link fromTfjsModel} throws; TypeError where `folder` is no string; RangeError where
 * `model.json` is no JSON or names no weights, or the weights differ from the checksum in their name, as
 * {@link saveTfjsFolder} gives it; the file system's errors
 *
 * @example
 * A folder that is not there is the file system's error.
 * ```ts
 * import { loadTfjsFolder } from '@brenier/nets/node';
 *
 * const failure = await loadTfjsFolder('no-such-folder').catch((error: NodeJS.ErrnoException) => error.code);
 * failure; // => 'ENOENT'
 * ```
 */
export async function loadTfjsFolder(folder: string, options?: FromTfjsModelOptions): Promise<SavedVelocityModel> {
  const place = checkFolder(folder);
  const { weightsManifest, ...artifacts } = await readModelJson(place);
  const paths = weightsManifest.flatMap((group) => group.paths);
  const files = await Promise.all(paths.map((path) => readWeightFile(place, path)));
  // Copies: a Buffer may be a window into one that Node shares.
  const weightData = files.map((file) => new Uint8Array(file).buffer);
  const weightSpecs = weightsManifest.flatMap((group) => group.weights);
  return fromTfjsModel({ ...artifacts, weightSpecs, weightData }, options);
}

function checkFolder(folder: string): string {
  if (typeof folder !== 'string') throw new TypeError(`"folder" expected a string, got ${describeValue(folder)}`);
  if (folder === '') throw new RangeError('"folder" expected the name of a folder, got ""');
  return resolve(folder);
}

async function readModelJson(place: string): Promise<ModelJson> {
  const text = await readFile(join(place, 'model.json'), 'utf8');
  let json: ModelJson;
  try {
    json = JSON.parse(text) as ModelJson;
  } catch (cause) {
    throw new RangeError(`"folder" expected a model.json that is JSON, got ${describeValue(text.slice(0, 40))}`, {
      cause,
    });
  }
  const groups: unknown = json?.weightsManifest;
  if (Array.isArray(groups) && groups.every((group) => Array.isArray(group?.paths) && Array.isArray(group?.weights)))
    return json;
  throw new RangeError(`"folder" expected a model.json with a weightsManifest, got ${describeValue(groups)}`);
}

/** Reads a file of weights, and holds those that {@link saveTfjsFolder} wrote against the checksum in their name. */
async function readWeightFile(place: string, path: string): Promise<Uint8Array> {
  const bytes = await readFile(join(place, path));
  if (!weightFile.test(path) || path === weightFileName(bytes)) return bytes;
  throw new RangeError(`"folder" expected an intact ${path}, got one that is damaged (checksum differs)`);
}

/** The weights of the model that is there now, as far as {@link saveTfjsFolder} wrote them. */
async function ownWeightFiles(place: string): Promise<string[]> {
  try {
    const { weightsManifest } = await readModelJson(place);
    return weightsManifest.flatMap(({ paths }) => paths).filter((path) => weightFile.test(path));
  } catch {
    return []; // nothing there, or nothing that is ours to remove
  }
}
