// Convolutional networks on the wasm backend of TensorFlow.js.
import * as tf from '@tensorflow/tfjs-core';
import type { KernelFunc } from '@tensorflow/tfjs-core';
import { checkOptions } from '@brenier/errors';
import { createImageKernels, createPlainKernels, localHost, type KernelHost } from '@brenier/kernels';
import { convolutionKernels } from './convolution-kernels.js';
import { identityKernel } from './identity-kernel.js';
import { NORMALIZED_SILU, normalizationKernels } from './normalization-kernels.js';

/** Options of {@link registerWasmKernels}. */
export interface RegisterWasmKernelsOptions {
  /** Where the kernels run: a worker pool of `@brenier/kernels` uses its threads. Default: the calling thread. */
  readonly host?: KernelHost;
}

/** A kernel of ours knows which one it stands in for. */
type StandIn = KernelFunc & { replaced?: KernelFunc };

const backendName = 'wasm';

/**
 * Gives the wasm backend of TensorFlow.js the convolution kernels that it lacks or is slow at, for the whole program.
 *
 * `Conv2D` and `Conv2DBackpropInput` are replaced and `Conv2DBackpropFilter`, which is missing, is added; so is group normalization with
 * SiLU, which `velocityUnet` uses where it finds it. `Identity`, which the tape calls for all that it saves, shares instead of copies.
 * Without them a convolutional network does not train on that backend. Results differ
 * from those of the replaced kernels by float32 rounding, and are the same for every number of threads. Dilated convolutions and those
 * with channels first still go to the kernels of TensorFlow.js.
 *
 * Call it after `@tensorflow/tfjs-backend-wasm` is imported; `chooseEngine` does so where it chooses wasm. A second call replaces the first.
 *
 * @param options - where the kernels run
 * @returns a function that puts the kernels of TensorFlow.js back and frees the memory of these; the host stays the caller's
 * @throws TypeError or RangeError for unknown options or something that is no host, Error where the wasm backend is not registered
 *
 * @example
 * The gradient of a convolution by its filter, on two threads.
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import '@tensorflow/tfjs-backend-wasm';
 * import { createWorkerPool } from '@brenier/kernels';
 * import { registerWasmKernels } from '@brenier/nets/convolution';
 *
 * await tf.setBackend('wasm');
 * const pool = await createWorkerPool({ threads: 2 });
 * const restore = registerWasmKernels({ host: pool });
 * const image: tf.Tensor4D = tf.ones([1, 4, 4, 1]);
 * const gradient = tf.grad((filter) => tf.conv2d(image, filter as tf.Tensor4D, 1, 'valid'));
 * [...gradient(tf.ones([2, 2, 1, 1])).dataSync()]; // => [9, 9, 9, 9]
 * restore();
 * await pool.dispose();
 * ```
 */
export function registerWasmKernels(options?: RegisterWasmKernelsOptions): () => void {
  const { host = localHost(createPlainKernels()) } = checkOptions('options', options, ['host']);
  if (tf.findBackendFactory(backendName) === null) {
    throw new Error('no wasm backend is registered with TensorFlow.js: add `import "@tensorflow/tfjs-backend-wasm"`');
  }
  const kernels = createImageKernels(host);
  const ours = { ...convolutionKernels(kernels, original), ...normalizationKernels(kernels), ...identityKernel() };
  for (const [name, run] of Object.entries(ours)) replace(name, Object.assign(run, { replaced: original(name) }));
  return () => {
    for (const [name, run] of Object.entries(ours)) {
      if (tf.getKernel(name, backendName)?.kernelFunc === run) replace(name, original(name));
    }
    kernels.release();
  };
}

/** Registers the kernels on the calling thread, where none are registered. */
export function ensureWasmKernels(): void {
  if (tf.getKernel(NORMALIZED_SILU, backendName) === undefined) registerWasmKernels();
}

/** The kernel of TensorFlow.js itself, whoever stands in for it. */
function original(kernelName: string): KernelFunc | undefined {
  const present = tf.getKernel(kernelName, backendName)?.kernelFunc as StandIn | undefined;
  return present !== undefined && 'replaced' in present ? present.replaced : present;
}

/** Puts a kernel in the place of another, without the warning that a second registration gives, keeping what sets it up. */
function replace(kernelName: string, kernelFunc: KernelFunc | undefined): void {
  const present = tf.getKernel(kernelName, backendName);
  if (present !== undefined) tf.unregisterKernel(kernelName, backendName);
  if (kernelFunc !== undefined) tf.registerKernel({ ...present, kernelName, backendName, kernelFunc });
}
