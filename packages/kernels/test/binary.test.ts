import { describe, expect, it, vi } from 'vitest';
import { compileIfSupported, decodeBase64 } from '../src/binary.js';
import { binary } from '../src/generated/plain.js';

describe('decodeBase64', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  const text = btoa(String.fromCharCode(...bytes));

  it('gives every byte without any help of the engine', () => {
    expect(decodeBase64(text, {})).toEqual(bytes);
    expect(decodeBase64('', {})).toEqual(new Uint8Array(0));
  });

  it('gives the same bytes with the help of this one', () => {
    expect(Uint8Array.from(decodeBase64(text))).toEqual(bytes);
    expect(Uint8Array.from(decodeBase64(binary))).toEqual(decodeBase64(binary, {}));
  });

  it('asks the decoder of the language first, then that of Node', () => {
    const fromBase64 = vi.fn(() => Uint8Array.of(1));
    const from = vi.fn(() => Uint8Array.of(2));
    expect(decodeBase64(text, { Uint8Array: { fromBase64 }, Buffer: { from } })).toEqual(Uint8Array.of(1));
    expect(decodeBase64(text, { Uint8Array: {}, Buffer: { from } })).toEqual(Uint8Array.of(2));
    expect(fromBase64).toHaveBeenCalledExactlyOnceWith(text);
    expect(from).toHaveBeenCalledExactlyOnceWith(text, 'base64');
  });
});

describe('compileIfSupported', () => {
  it('does not take a lack of memory for a lack of instructions', () => {
    const refuse = vi.spyOn(WebAssembly, 'Module').mockImplementation(function () {
      throw new RangeError('out of memory');
    });
    try {
      expect(() => compileIfSupported(binary)).toThrow('out of memory');
    } finally {
      refuse.mockRestore();
    }
  });
});
