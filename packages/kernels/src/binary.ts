/**
 * Compiles a binary that is held in base64.
 *
 * @param base64 - one of the generated binaries
 * @returns the module
 * @throws Error where the engine lacks what the binary needs: SIMD, or threads
 */
export function compileBinary(base64: string): WebAssembly.Module {
  const module = compileIfSupported(base64);
  if (module) return module;
  throw new Error(
    'The kernels need WebAssembly SIMD, which this engine lacks; Chrome 91, Firefox 89, Safari 16.4 and Node 16.4 have it',
  );
}

/**
 * Compiles a binary where the engine can run it.
 *
 * @param base64 - one of the generated binaries
 * @returns the module, or `undefined` where the engine does not know all of its instructions
 */
export function compileIfSupported(base64: string): WebAssembly.Module | undefined {
  const bytes = decodeBase64(base64);
  try {
    return new WebAssembly.Module(bytes);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return undefined;
    throw error;
  }
}

/**
 * The bytes of a text in base64. Code that runs once is not yet compiled: a loop over the binary would take longer than
 * its compilation, so the engine's own decoder does it where there is one. Node 24 knows only that of `Buffer`.
 */
export function decodeBase64(
  base64: string,
  engine: Base64Decoders = globalThis as Base64Decoders,
): Uint8Array<ArrayBuffer> {
  const { Buffer, Uint8Array: Bytes } = engine;
  if (Bytes?.fromBase64) return Bytes.fromBase64(base64);
  if (Buffer) return Buffer.from(base64, 'base64');
  const characters = atob(base64);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

interface Base64Decoders {
  readonly Uint8Array?: { fromBase64?(text: string): Uint8Array<ArrayBuffer> };
  readonly Buffer?: { from(text: string, encoding: 'base64'): Uint8Array<ArrayBuffer> };
}
