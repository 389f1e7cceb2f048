import { describe, expect, it } from 'vitest';
import type { Kernels } from '../../src/index.js';
import { hashWords } from '../../src/reference/word-hash.js';
import { inArena, lengths, loadVariants, seededNumbers } from './variants.js';

const variants = await loadVariants();

describe.each(variants)('the hash of words of the $name binary', ({ kernels }) => {
  it.each(lengths)('has the bits of the oracle for %i blocks, whole or in two pieces', (blocks) => {
    const words = Int32Array.from(seededNumbers(16 * blocks, 1, -(2 ** 31), 2 ** 31));
    const expected = Int32Array.from({ length: 16 }, (_, lane) => lane - 7);
    const start = expected.slice();
    hashWords(words, expected);
    expect(run(kernels, words, start, 0)).toEqual(expected);
    expect(run(kernels, words, start, blocks >> 1)).toEqual(expected);
  });
});

function run(kernels: Kernels, words: Int32Array, start: Int32Array, firstBlocks: number): Int32Array {
  const { arena, exports } = kernels;
  return inArena(kernels, () => {
    const [at, lanes] = [arena.allocate(words.byteLength), arena.allocate(64)];
    arena.int32(at, words.length).set(words);
    arena.int32(lanes, 16).set(start);
    exports.hashWords(at, firstBlocks, lanes);
    exports.hashWords(at + 64 * firstBlocks, words.length / 16 - firstBlocks, lanes);
    return arena.int32(lanes, 16).slice();
  });
}
