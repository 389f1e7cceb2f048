import { describeValue } from '@brenier/errors';
import { arrayTypes } from './npy-array.js';

/** The first six bytes of every file: 0x93, then NUMPY. */
export const magic: readonly number[] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** What a file says about its numbers, and where they begin. */
export interface NpyHeader {
  /** NumPy's code for the type: one of `arrayTypes`, `f2` or `b1`. */
  readonly code: keyof typeof arrayTypes | 'f2' | 'b1';
  /** Whether the low byte of a number comes first; `true` for numbers of one byte. */
  readonly isLittle: boolean;
  /** Whether the first index runs fastest. */
  readonly isFortran: boolean;
  readonly shape: readonly number[];
  /** Bytes before the first number. */
  readonly length: number;
}

/**
 * Reads the header: after the magic string the version (two bytes), the length of a text (two bytes in version 1, four in 2 and 3),
 * and the text, a Python dictionary. Version 3 may have names in UTF-8 there, which only records need.
 */
export function readHeader(bytes: Uint8Array): NpyHeader {
  if (bytes.length < 12 || magic.some((byte, k) => bytes[k] !== byte)) {
    throw new RangeError(`"bytes" expected a .npy file, got ${bytes.length} bytes that do not start like one`);
  }
  const version = bytes[6];
  if (version < 1 || version > 3) throw new RangeError(`"bytes" expected .npy version 1, 2 or 3, got ${version}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const start = version === 1 ? 10 : 12;
  const length = start + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (bytes.length < length) {
    throw new RangeError(`"bytes" expected a header of ${length} bytes, got ${bytes.length} bytes in all`);
  }
  return { ...parseDictionary(new TextDecoder().decode(bytes.subarray(start, length))), length };
}

function parseDictionary(text: string): Omit<NpyHeader, 'length'> {
  const descr = /'descr': *('[^']*'|\[.*\])/.exec(text)?.[1];
  const order = /'fortran_order': *(True|False)/.exec(text)?.[1];
  const shape = /'shape': *\(([\dL, ]*)\)/.exec(text)?.[1];
  if (descr === undefined || order === undefined || shape === undefined) {
    const expected = "a header with 'descr', 'fortran_order' and 'shape'";
    throw new RangeError(`"bytes" expected ${expected}, got ${describeValue(text.trim())}`);
  }
  // Python 2 writes long numbers with an L.
  const lengths = (shape.match(/\d+/g) ?? []).map(Number);
  return { ...parseType(descr), isFortran: order === 'True', shape: lengths };
}

function parseType(descr: string): Pick<NpyHeader, 'code' | 'isLittle'> {
  const [, order, code] = /^'([<>|])(\w+)'$/.exec(descr) ?? [];
  if (isCode(code)) return { code, isLittle: order !== '>' };
  const codes = ['b1', 'f2', ...Object.keys(arrayTypes)].join(', ');
  throw new RangeError(`"bytes" expected numbers of one of the types ${codes}, got ${describeValue(descr)}`);
}

function isCode(code: string | undefined): code is NpyHeader['code'] {
  return code !== undefined && (code === 'b1' || code === 'f2' || Object.hasOwn(arrayTypes, code));
}
