/**
 * Asks V8 to join pairs of vectors of 128 bits into one of 256, for the whole process from now on, and tells whether it
 * will. Lanes are computed as before: no bit of a result changes. V8 does it on x64; before version 13 (Node 24) it does
 * not find the pairs of our products.
 */
export function joinVectors(): boolean {
  const { process } = globalThis;
  if (!process?.getBuiltinModule || process.arch !== 'x64' || !(parseInt(process.versions.v8) >= 13)) return false;
  process.getBuiltinModule('node:v8').setFlagsFromString('--experimental-wasm-revectorize');
  return true;
}
