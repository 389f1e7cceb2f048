import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng } from '@brenier/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adam, fusedMlp, train } from '../../src/fused.js';
import { memoryCheckpoint } from '../../src/index.js';
import { fileCheckpoint } from '../../src/node.js';
import { swirl } from '../swirl.js';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brenier-checkpoint-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a checkpoint in a file', () => {
  it('is absent at first, then the last bytes saved', async () => {
    const store = fileCheckpoint(join(folder, 'one'));
    expect(await store.load()).toBeUndefined();
    await store.save(Uint8Array.of(1, 2, 3));
    await store.save(Uint8Array.of(9, 8, 7, 6).subarray(1, 3));
    expect(await store.load()).toEqual(Uint8Array.of(8, 7));
    expect(await fileCheckpoint(join(folder, 'one')).load()).toEqual(Uint8Array.of(8, 7));
  });

  it('makes its folder and leaves no other file behind', async () => {
    const store = fileCheckpoint(join(folder, 'deep', 'er', 'two'));
    await store.save(Uint8Array.of(1));
    await store.save(Uint8Array.of(2));
    expect(await readdir(join(folder, 'deep', 'er'))).toEqual(['two']);
  });

  it('passes on what the file system refuses', async () => {
    const store = fileCheckpoint(folder);
    await expect(store.load()).rejects.toThrow('EISDIR');
    await expect(store.save(Uint8Array.of(1))).rejects.toThrow();
  });

  it('refuses a name that is none', () => {
    expect(() => fileCheckpoint('')).toThrow('"path" expected the name of a file, got ""');
    expect(() => fileCheckpoint(undefined as never)).toThrow('"path" expected a string, got undefined');
  });

  it('is named, with what is wrong and the way out, where training cannot go on from it, and left as it is', async () => {
    const file = join(folder, 'damaged.checkpoint');
    const job = {
      network: fusedMlp({ dim: 2, hidden: [4] }),
      objective: swirl(8),
      rng: createRng(1),
      steps: 3,
      optimizer: adam({ learningRate: 1e-3 }),
      checkpoint: { store: fileCheckpoint(file) },
    };
    await train(job);
    const intact = await readFile(file);
    const refuse = async (bytes: Uint8Array, reason: string) => {
      await writeFile(file, bytes);
      await expect(train(job)).rejects.toThrow(new RangeError(`"${file}" expected ${reason}`));
      expect(await readFile(file)).toEqual(Buffer.from(bytes));
    };
    const remedy = 'give an intact one, or remove it to start afresh';
    const damaged = `an intact checkpoint file, got one that is cut short or damaged (checksum differs); ${remedy}`;
    for (const length of [8, 12, 16, 300, intact.length - 1]) await refuse(intact.subarray(0, length), damaged);
    for (const place of [8, 12, 20, 300, intact.length - 1]) {
      await refuse(
        intact.map((byte, k) => (k === place ? byte ^ 64 : byte)),
        damaged,
      );
    }
    const foreign = (length: number) => `a checkpoint file, got ${length} bytes that do not start like one; ${remedy}`;
    await refuse(new Uint8Array(0), foreign(0));
    await refuse(new Uint8Array(500), foreign(500));
    await writeFile(file, intact);
    await expect(train({ ...job, rng: createRng(2) })).rejects.toThrow(`"${file}" expected a run with the same rng`);
    expect(await train(job)).toMatchObject({ status: 'finished', step: 3 });
  });

  it('refuses to save what are no bytes, as in memory', async () => {
    for (const store of [fileCheckpoint(join(folder, 'three')), memoryCheckpoint()]) {
      await expect((async () => store.save([1] as never))()).rejects.toThrow('"bytes" expected a Uint8Array');
    }
  });
});
