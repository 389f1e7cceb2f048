// Which TensorFlow.js backends the tests of tensors run on.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { expect } from 'vitest';

/** The native package that the environment variable BRENIER_ENGINE names, tfjs-node or tfjs-node-gpu; usually none. */
const nativeEngine = process.env.BRENIER_ENGINE;

/** cpu and wasm; or that of the native package. */
export const testedBackends: readonly string[] = nativeEngine === undefined ? ['cpu', 'wasm'] : ['tensorflow'];

/** Sets a backend and takes no other. */
export async function startBackend(backend: string): Promise<void> {
  if (nativeEngine !== undefined) await import(`@tensorflow/${nativeEngine}`);
  const wasm = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(join(dirname(wasm), '/'));
  expect(await tf.setBackend(backend)).toBe(true);
}
