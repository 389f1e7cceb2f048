import util from 'node:util';
import { version_wasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { chooseEngine } from '../../src/node.js';

/** Imports for real, but for the packages that are said to be absent or broken. */
function loader(outcomes: Record<string, () => unknown>) {
  return async (name: string): Promise<unknown> => (name in outcomes ? outcomes[name]() : import(name));
}

function absent(name: string) {
  return () => {
    throw Object.assign(new Error(`Cannot find package '${name}' imported from engine.js`), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
  };
}

const noNodeEngines = {
  '@tensorflow/tfjs-node-gpu': absent('@tensorflow/tfjs-node-gpu'),
  '@tensorflow/tfjs-node': absent('@tensorflow/tfjs-node'),
};

/** Stands for the native package: a backend of its name that computes with the kernels of the cpu backend. */
async function registerNative(isUsingGpuDevice: boolean) {
  await import('@tensorflow/tfjs');
  tf.registerBackend('tensorflow', () => Object.assign(Object(tf.findBackendFactory('cpu')()), { isUsingGpuDevice }));
  // Where the native package is installed, an earlier test brought its own kernels.
  for (const { kernelName } of tf.getKernelsForBackend('tensorflow')) tf.unregisterKernel(kernelName, 'tensorflow');
  tf.copyRegisteredKernels('cpu', 'tensorflow');
}

afterEach(() => {
  if (tf.findBackendFactory('tensorflow') !== null) tf.removeBackend('tensorflow');
});

describe('chooseEngine', () => {
  it('takes wasm where no native engine is installed, and says so in one line', async () => {
    expect(await chooseEngine({ load: loader(noNodeEngines) })).toEqual({
      name: 'wasm',
      reason: 'wasm, because tfjs-node-gpu is not installed; tfjs-node is not installed',
    });
    expect(tf.getBackend()).toBe('wasm');
  });

  it('is tried with one version of TensorFlow.js: a second copy would have engines of its own', () => {
    expect(version_wasm).toBe(tf.version_core);
  });

  it('finds an engine by itself', async () => {
    const { name, reason } = await chooseEngine();
    expect(reason.startsWith(name)).toBe(true);
    expect(reason).not.toContain('\n');
  });

  it('takes the preferred engine first and the others after it', async () => {
    expect(await chooseEngine({ prefer: 'cpu' })).toEqual({ name: 'cpu', reason: 'cpu, as preferred' });
    expect(tf.getBackend()).toBe('cpu');
    expect(await chooseEngine({ prefer: 'tfjs-node', load: loader(noNodeEngines) })).toEqual({
      name: 'wasm',
      reason: 'wasm, because tfjs-node is not installed; tfjs-node-gpu is not installed',
    });
  });

  it('falls back to cpu where wasm does not load', async () => {
    const broken = () => Promise.reject(new Error('WebAssembly is off\n    at somewhere'));
    const load = loader({ ...noNodeEngines, '@tensorflow/tfjs-backend-wasm': broken });
    expect((await chooseEngine({ load })).reason).toBe(
      'cpu, because tfjs-node-gpu is not installed; tfjs-node is not installed; wasm failed (WebAssembly is off)',
    );
  });

  it('takes tfjs-node-gpu where it starts, with the function it misses on Node 23', async () => {
    const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean };
    const original = legacy.isNullOrUndefined;
    delete legacy.isNullOrUndefined;
    try {
      const load = loader({ '@tensorflow/tfjs-node-gpu': () => registerNative(true) });
      expect(await chooseEngine({ load })).toEqual({
        name: 'tfjs-node-gpu',
        reason: 'tfjs-node-gpu, the fastest engine',
      });
      expect([null, undefined, 0].map((each) => legacy.isNullOrUndefined!(each))).toEqual([true, true, false]);
    } finally {
      if (original !== undefined) legacy.isNullOrUndefined = original;
    }
  });

  it('says where tfjs-node-gpu found no GPU', async () => {
    const load = loader({ '@tensorflow/tfjs-node-gpu': () => registerNative(false) });
    expect((await chooseEngine({ load })).reason).toBe(
      'tfjs-node-gpu, the fastest engine (it found no GPU and computes on the processor)',
    );
  });

  it('takes tfjs-node where the GPU package cannot load its library', async () => {
    const broken = () => Promise.reject(new Error('libcudart.so.11.0: cannot open shared object file'));
    const load = loader({ '@tensorflow/tfjs-node-gpu': broken, '@tensorflow/tfjs-node': () => registerNative(false) });
    expect(await chooseEngine({ load })).toEqual({
      name: 'tfjs-node',
      reason: 'tfjs-node, because tfjs-node-gpu failed (libcudart.so.11.0: cannot open shared object file)',
    });
  });

  it('lists what it tried where no engine starts', async () => {
    const load = (name: string) => absent(name)();
    await expect(chooseEngine({ load })).rejects.toThrow(
      'no engine starts: tfjs-node-gpu is not installed; tfjs-node is not installed; wasm is not installed; cpu is not installed',
    );
  });

  it('refuses unknown names and options', async () => {
    await expect(chooseEngine({ prefer: 'webgpu' as never })).rejects.toThrow(
      '"prefer" expected one of "tfjs-node-gpu", "tfjs-node", "wasm", "cpu", got "webgpu"',
    );
    await expect(chooseEngine({ load: 'wasm' as never })).rejects.toThrow('"load" expected a function, got "wasm"');
    await expect(chooseEngine({ engine: 'wasm' } as never)).rejects.toThrow(
      '"options" expected only the options "prefer", "load"',
    );
  });
});
