import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryCheckpoint } from '../../src/storage/checkpoint-store.js';
import { decodeContainer, encodeContainer } from '../../src/storage/container.js';
import { crc32 } from '../../src/storage/crc32.js';

const content = {
  meta: { name: 'Schrödinger', step: 12, list: [1, null] },
  arrays: {
    a: Float32Array.of(1, -0, NaN, Infinity, 1e-45),
    b: Float64Array.of(Math.PI, 5e-324),
    empty: new Float32Array(0),
    nested: Uint8Array.of(0, 255, 7),
  },
};

describe('the file format', () => {
  it('gives back what was put in, bit for bit, wherever the bytes lie in their buffer', () => {
    const bytes = encodeContainer('model', content);
    const shifted = new Uint8Array(bytes.length + 5).subarray(3, 3 + bytes.length);
    shifted.set(bytes);
    expect(decodeContainer('bytes', 'model', bytes)).toEqual(content);
    expect(decodeContainer('bytes', 'model', shifted)).toEqual(content);
  });

  it('shares no memory with the bytes, a Buffer included', () => {
    const bytes = Buffer.from(encodeContainer('model', content));
    const { arrays } = decodeContainer('bytes', 'model', bytes);
    bytes.fill(9);
    expect(arrays).toEqual(content.arrays);
  });

  it('writes the same bytes for the same content', () => {
    expect(encodeContainer('model', content)).toEqual(encodeContainer('model', structuredClone(content)));
  });

  it('refuses to write what it could not read', () => {
    expect(() => encodeContainer(1 as never, content)).toThrow('"kind" expected a string, got 1');
    const arrays = { a: Int8Array.of(1) } as never;
    expect(() => encodeContainer('model', { meta: {}, arrays })).toThrow('"arrays.a" expected a Float32Array');
  });

  it('refuses a file with any one bit changed', () => {
    const bytes = encodeContainer('model', content);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length * 8 - 1 }), (bit) => {
        const damaged = bytes.slice();
        damaged[bit >> 3] ^= 1 << (bit & 7);
        expect(() => decodeContainer('bytes', 'model', damaged)).toThrow(RangeError);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses a file cut anywhere', () => {
    const bytes = encodeContainer('model', content);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeContainer('bytes', 'model', bytes.subarray(0, length))).toThrow(RangeError);
    }
    expect(() => decodeContainer('bytes', 'model', bytes.subarray(0, -1))).toThrow(
      '"bytes" expected an intact model file, got one that is cut short or damaged (checksum differs)',
    );
  });

  it('names what is wrong with a file that is something else', () => {
    const bytes = encodeContainer('model', content);
    const foreign = new TextEncoder().encode('{"json": "is not what this is"}');
    expect(() => decodeContainer('bytes', 'model', foreign)).toThrow(
      '"bytes" expected a model file, got 31 bytes that do not start like one',
    );
    expect(() => decodeContainer('bytes', 'checkpoint', bytes)).toThrow(
      '"bytes" expected a checkpoint file, got a model file',
    );
    const later = bytes.slice();
    later[8] = 2;
    new DataView(later.buffer).setUint32(later.length - 4, crc32(later.subarray(0, -4)), true);
    expect(() => decodeContainer('bytes', 'model', later)).toThrow('"bytes" expected format version 1, got 2');
    expect(() => decodeContainer('bytes', 'model', 'text' as never)).toThrow(TypeError);
  });
});

describe('memoryCheckpoint', () => {
  it('copies what it is given and what it gives, also a Buffer', async () => {
    const [store, bytes] = [memoryCheckpoint(), Buffer.from([1, 2, 3])];
    await store.save(bytes);
    bytes.fill(9);
    (await store.load())!.fill(8);
    expect(await store.load()).toEqual(Uint8Array.of(1, 2, 3));
  });
});

describe('crc32', () => {
  it('is that of zlib', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926); // the check value of the standard
    expect(crc32(new Uint8Array(0))).toBe(0);
  });
});
