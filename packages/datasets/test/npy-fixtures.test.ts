import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeNpy, encodeNpy } from '../src/files.js';

interface Case {
  readonly descr: string;
  readonly version: readonly number[];
  readonly fortran: boolean;
  readonly shape: readonly number[];
  readonly bytes: string;
  readonly values: readonly string[];
}

// numpy 2.4.6: fixtures/make-npy-fixtures.py.
const { cases, refused } = JSON.parse(readFileSync(new URL('./fixtures/npy.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly Case[];
  readonly refused: Readonly<Record<string, string>>;
};

const types: Readonly<Record<string, string>> = {
  ...{ b1: 'Uint8Array', f2: 'Float32Array', f4: 'Float32Array', f8: 'Float64Array' },
  ...{ i1: 'Int8Array', i2: 'Int16Array', i4: 'Int32Array', i8: 'BigInt64Array' },
  ...{ u1: 'Uint8Array', u2: 'Uint16Array', u4: 'Uint32Array', u8: 'BigUint64Array' },
};

const named = cases.map((each) => {
  const order = each.fortran ? 'Fortran' : 'C';
  return [
    `${each.descr}, version ${each.version.join('.')}, ${order} order, shape (${each.shape.join()})`,
    each,
  ] as const;
});

describe('decodeNpy against numpy', () => {
  it('has every type in both orders of bytes and of indices to compare', () => {
    const kinds = new Set(cases.map(({ descr, fortran }) => `${descr} ${fortran}`));
    // Three types of one byte, nine larger ones in two orders of bytes.
    expect(kinds.size).toBe(2 * (3 + 2 * 9));
    expect(Object.keys(refused)).toEqual(['complex', 'text', 'date', 'record', 'long']);
  });

  it.each(named)('reads %s', (_, { descr, shape, bytes, values }) => {
    // Behind an odd number of bytes, as a part of a larger buffer may lie.
    const file = Buffer.concat([Buffer.from('odd'), Buffer.from(bytes, 'base64')]).subarray(3);
    const array = decodeNpy(file);
    expect(array.data.constructor.name).toBe(types[descr.slice(1)]);
    expect(array.shape).toEqual(shape);
    const isBig = array.data instanceof BigInt64Array || array.data instanceof BigUint64Array;
    // toEqual tells 0 from -0.
    expect([...array.data]).toEqual(values.map((value) => (isBig ? BigInt(value) : Number(value))));
  });

  it('refuses other types by their names', () => {
    const expected = {
      complex: '<c16',
      text: '<U2',
      date: '<M8[D]',
      record: "[('x', '<f8'), ('y', '<f4')]",
      long: '<f16',
    };
    for (const [name, descr] of Object.entries(expected)) {
      const read = () => decodeNpy(Buffer.from(refused[name], 'base64'));
      expect(read).toThrow('"bytes" expected numbers of one of the types b1, f2, f8, f4, i1');
      expect(read).toThrow(descr);
    }
  });
});

describe('encodeNpy against numpy', () => {
  const ours = named.filter(
    ([, { descr, version, fortran }]) => !fortran && !/[>]|b1|f2/.test(descr) && version[0] === 1,
  );

  it.each(ours)('writes the bytes of numpy: %s', (_, { bytes }) => {
    const file = Buffer.from(bytes, 'base64');
    expect(Buffer.from(encodeNpy(decodeNpy(file)))).toEqual(file);
  });
});
