import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryCheckpoint } from '../../src/index.js';
import { fileCheckpoint } from '../../src/node.js';

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

  it('refuses to save what are no bytes, as in memory', async () => {
    for (const store of [fileCheckpoint(join(folder, 'three')), memoryCheckpoint()]) {
      await expect((async () => store.save([1] as never))()).rejects.toThrow('"bytes" expected a Uint8Array');
    }
  });
});
