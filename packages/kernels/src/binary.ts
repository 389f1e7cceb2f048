/**
 * Compiles a binary that is held in base64.
 *
 * @param base64 - one of the generated binaries
 * @returns the module
 * @throws Error where the engine lacks what the binary needs: SIMD, or threads
 */
export function compileBinary(base64: string): WebAssembly.Module {
  const bytes = decode(base64);
  if (!WebAssembly.validate(bytes)) {
    throw new Error(
      'The kernels need WebAssembly SIMD, which this engine lacks; Chrome 91, Firefox 89, Safari 16.4 and Node 16.4 have it',
    );
  }
  return new WebAssembly.Module(bytes);
}

/**
 * Tells whether the engine can run a binary.
 *
 * @param base64 - one of the generated binaries
 * @returns whether its instructions are all known
 */
export function isSupported(base64: string): boolean {
  return WebAssembly.validate(decode(base64));
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
