import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { createRng } from '@brenier/random';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fusedMlp, toTfjsModel } from '../../src/fused.js';
import { loadTfjsFolder, saveTfjsFolder } from '../../src/node.js';

const { spec, initParameters } = fusedMlp({ dim: 2, hidden: [5], activation: 'silu', classes: 2 });
const model = { spec, parameters: initParameters(createRng(0)) };
const other = { spec, parameters: initParameters(createRng(1)) };

describe('a layers model in a folder', () => {
  let folder: string;

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'tfjs-folder-')), 'made', 'model');
  });

  afterEach(async () => {
    await rm(join(folder, '..', '..'), { recursive: true, force: true });
  });

  it('comes back as it was', async () => {
    await saveTfjsFolder(folder, model);
    expect(await loadTfjsFolder(folder)).toEqual(model);
  });

  it('is what TensorFlow.js loads', async () => {
    await saveTfjsFolder(folder, model);
    const json = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')) as tf.io.ModelJSON;
    const artifacts = await tf.io.getModelArtifactsForJSON(json, async ([{ paths, weights }]) => [
      weights,
      new Uint8Array(await readFile(join(folder, paths[0]))).buffer,
    ]);
    const layers = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
    const weights = layers.getWeights().flatMap((weight) => [...weight.dataSync()]);
    layers.dispose();
    expect(Float32Array.from(weights)).toEqual(model.parameters);
  });

  it('is replaced as a whole: until model.json names the new weights, the old ones are there', async () => {
    await saveTfjsFolder(folder, model);
    const json = await readFile(join(folder, 'model.json'));
    const [, weights] = (await readdir(folder)).sort();
    const bytes = await readFile(join(folder, weights));
    await saveTfjsFolder(folder, other);
    expect(await loadTfjsFolder(folder)).toEqual(other);
    expect(await readdir(folder)).toHaveLength(2);
    // As if killed between the two writes: the new weights are there and the old model.json names the old ones.
    await writeFile(join(folder, 'model.json'), json);
    await writeFile(join(folder, weights), bytes);
    expect(await loadTfjsFolder(folder)).toEqual(model);
    await saveTfjsFolder(folder, model);
    expect(await loadTfjsFolder(folder)).toEqual(model);
  });

  it('leaves files of others alone', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'weights.bin'), 'mine');
    await writeFile(join(folder, 'model.json'), '{"weightsManifest":[{"paths":["weights.bin"],"weights":[]}]}');
    await saveTfjsFolder(folder, model);
    expect(await readFile(join(folder, 'weights.bin'), 'utf8')).toBe('mine');
  });

  it('may come in shards and groups', async () => {
    await mkdir(folder, { recursive: true });
    const { weightData, weightSpecs, ...rest } = toTfjsModel(model);
    // TensorFlow.js cuts at 4 MB, wherever that is; here within the second weight.
    await writeFile(join(folder, 'a.bin'), new Uint8Array(weightData.slice(0, 101)));
    await writeFile(join(folder, 'b.bin'), new Uint8Array(weightData.slice(101)));
    const [first, ...others] = weightSpecs;
    const groups = [
      { paths: ['a.bin'], weights: [first] },
      { paths: ['b.bin'], weights: others },
    ];
    await writeFile(join(folder, 'model.json'), JSON.stringify({ ...rest, weightsManifest: groups }));
    expect(await loadTfjsFolder(folder)).toEqual(model);
  });

  it('is refused where it is damaged or missing', async () => {
    await expect(loadTfjsFolder(folder)).rejects.toMatchObject({ code: 'ENOENT' });
    await mkdir(folder, { recursive: true });
    const tryJson = async (text: string) => {
      await writeFile(join(folder, 'model.json'), text);
      return loadTfjsFolder(folder);
    };
    await expect(tryJson('{"modelTop')).rejects.toThrow(
      '"folder" expected a model.json that is JSON, got "{\\"modelTop"',
    );
    await expect(tryJson('null')).rejects.toThrow('with a weightsManifest, got undefined');
    await expect(tryJson('{"weightsManifest":[{}]}')).rejects.toThrow('with a weightsManifest, got an array');
    await expect(tryJson('{"weightsManifest":[]}')).rejects.toThrow('"artifacts.modelTopology"');
    await saveTfjsFolder(folder, model);
    const [, weights] = (await readdir(folder)).sort();
    const bytes = await readFile(join(folder, weights));
    bytes[17] ^= 1;
    for (const damaged of [bytes, 'abc']) {
      await writeFile(join(folder, weights), damaged);
      await expect(loadTfjsFolder(folder)).rejects.toThrow(
        new RangeError(`"folder" expected an intact ${weights}, got one that is damaged (checksum differs)`),
      );
    }
  });

  it('refuses what is no folder and no model', async () => {
    await expect(saveTfjsFolder(3 as never, model)).rejects.toThrow('"folder" expected a string, got 3');
    await expect(loadTfjsFolder('')).rejects.toThrow('"folder" expected the name of a folder, got ""');
    await expect(saveTfjsFolder(folder, undefined as never)).rejects.toThrow('"model" expected { spec, parameters }');
    await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
