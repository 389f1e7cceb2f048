import { createRng } from '@brenier/random';
import { describe, expect, it } from 'vitest';
import { cloudFromArray, decodeNpy, encodeNpy, type NpyArray } from '../src/files.js';
import { moons } from '../src/index.js';
import { toHex } from './clouds.js';

const valid = () => encodeNpy({ data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2] });

/** A file of version 1 with this header and no numbers. */
function fileOf(header: string): Uint8Array {
  const text = new TextEncoder().encode(header);
  return Uint8Array.of(0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, text.length & 255, text.length >> 8, ...text);
}

describe('encodeNpy and decodeNpy', () => {
  it('keep the bits, the type and the shape of every array', () => {
    const arrays: NpyArray[] = [
      { data: moons(createRng(1), 50).points, shape: [50, 2] },
      { data: Float32Array.of(0.1, -0, Infinity), shape: [3] },
      { data: BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n), shape: [1, 2, 1] },
      { data: Uint16Array.of(7), shape: [] },
      { data: new Int8Array(0), shape: [0, 4] },
      { data: Int32Array.of(9, 1, 2, 9).subarray(1, 3), shape: [2] },
    ];
    for (const { data, shape } of arrays) {
      const array = decodeNpy(encodeNpy({ data, shape }));
      expect(array.data.constructor).toBe(data.constructor);
      expect([...array.data]).toEqual([...data]);
      expect(array.shape).toEqual(shape);
    }
    const { points } = moons(createRng(1), 50);
    expect(toHex(decodeNpy(encodeNpy({ data: points, shape: [100] })).data as Float64Array)).toEqual(toHex(points));
  });

  it('keep the bits of a NaN', () => {
    const data = new Float64Array(BigUint64Array.of(0x7ff8_0000_dead_beefn).buffer);
    const back = decodeNpy(encodeNpy({ data, shape: [1] })).data;
    expect(new BigUint64Array(back.buffer)[0]).toBe(0x7ff8_0000_dead_beefn);
  });

  it('copy, both ways', () => {
    const bytes = valid();
    const { data } = decodeNpy(bytes);
    bytes.fill(0, 128);
    expect(data[0]).toBe(1);
  });

  it('begin the numbers at a multiple of 64 bytes, whatever the shape', () => {
    for (let dims = 0; dims < 40; dims++) {
      expect(encodeNpy({ data: Uint8Array.of(1), shape: new Array(dims).fill(1) }).length % 64).toBe(1);
    }
  });
});

describe('decodeNpy', () => {
  it('names what is wrong with a file', () => {
    expect(() => decodeNpy(valid().buffer as never)).toThrow(
      '"bytes" expected a Uint8Array, got an instance of ArrayBuffer',
    );
    expect(() => decodeNpy(new Uint8Array(0))).toThrow('expected a .npy file, got 0 bytes that do not start like one');
    expect(() => decodeNpy(Uint8Array.from({ length: 99 }))).toThrow('got 99 bytes that do not start like one');
    expect(() => decodeNpy(valid().fill(4, 6, 7))).toThrow('"bytes" expected .npy version 1, 2 or 3, got 4');
    expect(() => decodeNpy(valid().subarray(0, 127))).toThrow('expected a header of 128 bytes, got 127 bytes in all');
    const data = '"bytes" expected 48 bytes of f8 for shape (3, 2) after the header, got';
    expect(() => decodeNpy(valid().subarray(0, 170))).toThrow(`${data} 42`);
    expect(() => decodeNpy(Uint8Array.of(...valid(), 0))).toThrow(`${data} 49`);
    expect(() => decodeNpy(fileOf('{}'))).toThrow(
      `expected a header with 'descr', 'fortran_order' and 'shape', got "{}"`,
    );
    const objects = `{'descr': '|O', 'fortran_order': False, 'shape': (0,), }`;
    expect(() => decodeNpy(fileOf(objects))).toThrow('expected numbers of one of the types');
  });

  it('reads headers of other writers', () => {
    const tight = `{'descr':'<f8','fortran_order':False,'shape':(0,2)}`;
    expect(decodeNpy(fileOf(tight))).toEqual({ data: new Float64Array(0), shape: [0, 2] });
    const ofPython2 = `{'descr': '>i4', 'fortran_order': True, 'shape': (3L, 0L), }`;
    expect(decodeNpy(fileOf(ofPython2))).toEqual({ data: new Int32Array(0), shape: [3, 0] });
  });
});

describe('encodeNpy', () => {
  it('refuses what is no array', () => {
    const data = Float64Array.of(1, 2);
    expect(() => encodeNpy(undefined as never)).toThrow('"array" expected { data, shape }, got undefined');
    expect(() => encodeNpy({ data: [1, 2] as never, shape: [2] })).toThrow('"array.data" expected a typed array');
    expect(() => encodeNpy({ data, shape: [3] })).toThrow('"array.data" expected length 3 for its shape, got 2');
    expect(() => encodeNpy({ data, shape: [-1, -2] })).toThrow('"array.shape[0]" expected a whole number');
  });
});

describe('cloudFromArray', () => {
  it('makes points of the plane and of the line, from any numbers', () => {
    const plane = { data: Float32Array.of(0.5, 1, 2, 3), shape: [2, 2] };
    expect(cloudFromArray(plane)).toEqual({ points: Float64Array.of(0.5, 1, 2, 3), count: 2, dim: 2 });
    const line = { data: BigInt64Array.of(-5n, 2n ** 53n - 1n), shape: [2] };
    expect(cloudFromArray(line)).toEqual({ points: Float64Array.of(-5, 2 ** 53 - 1), count: 2, dim: 1 });
  });

  it('refuses what is no cloud', () => {
    const data = Float64Array.of(1, NaN);
    expect(() => cloudFromArray(null as never)).toThrow('"array" expected { data, shape }, got null');
    for (const shape of [[], [2, 1, 1], [0, 2], [0]]) {
      const numbers = new Float64Array(shape.reduce((product, length) => product * length, 1));
      expect(() => cloudFromArray({ data: numbers, shape })).toThrow('"array.shape" expected [count, dim] or [count]');
    }
    expect(() => cloudFromArray({ data, shape: [3] })).toThrow('"array.data" expected length 3 for its shape, got 2');
    expect(() => cloudFromArray({ data, shape: [2] })).toThrow('"array.data[1]" expected a finite number, got NaN');
    expect(() => cloudFromArray({ data: BigUint64Array.of(2n ** 53n), shape: [1] })).toThrow(
      '"array.data[0]" expected a whole number of size below 2^53, got 9007199254740992',
    );
  });
});
