import * as tf from '@tensorflow/tfjs-core';
import { createRng, fillUniform, type Rng } from '@brenier/random';
import { createPlainKernels, createWorkerPool, localHost, type KernelHost } from '@brenier/kernels';
import { expectAllClose, leakedTensors } from '@brenier/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { registerWasmKernels } from '../../src/convolution.js';
import { NORMALIZED_SILU } from '../../src/wasm-kernels/normalization-kernels.js';
import { useEngine } from '../tested-engines.js';

type Shape4 = [number, number, number, number];

const numbers = (rng: Rng, length: number) => fillUniform(rng, new Float32Array(length), { low: -1, high: 1 });

/** A convolution with its gradients by images and filter, for the gradient 1 · (its own values) by the result. */
function convolveAndDifferentiate(x: Shape4, filter: Shape4, strides: number, pad: 'same' | 'valid' | number) {
  const rng = createRng(0);
  return tf.tidy(() => {
    const images = tf.tensor4d(
      numbers(
        rng,
        x.reduce((a, b) => a * b),
      ),
      x,
    );
    const weights = tf.tensor4d(
      numbers(
        rng,
        filter.reduce((a, b) => a * b),
      ),
      filter,
    );
    const loss = (i: tf.Tensor4D, w: tf.Tensor4D) =>
      tf.sum<tf.Scalar>(
        tf.square(tf.conv2d(i, w, strides, pad, 'NHWC', 1, pad === 'same' || pad === 'valid' ? undefined : 'floor')),
      );
    const { value, grads } = tf.valueAndGrads(loss as never)([images, weights]);
    return [value, ...grads].map((tensor) => tensor.dataSync().slice());
  });
}

describe('the kernels for the wasm backend', () => {
  beforeEach(async () => {
    await useEngine('wasm');
  });

  it.each([
    { x: [2, 5, 6, 3], filter: [3, 3, 3, 4], strides: 1, pad: 'same' as const },
    { x: [1, 7, 4, 2], filter: [3, 2, 2, 17], strides: 2, pad: 'same' as const },
    { x: [9, 6, 6, 1], filter: [2, 3, 1, 5], strides: 3, pad: 'valid' as const },
    { x: [3, 4, 4, 8], filter: [1, 1, 8, 2], strides: 1, pad: 'valid' as const },
    { x: [2, 5, 5, 2], filter: [3, 3, 2, 3], strides: 2, pad: 2 },
  ])('convolve and differentiate like the cpu backend: $x by $filter, stride $strides, $pad', async (each) => {
    const { x, filter, strides, pad } = each;
    const ours = convolveAndDifferentiate(x as Shape4, filter as Shape4, strides, pad);
    await tf.setBackend('cpu');
    const theirs = convolveAndDifferentiate(x as Shape4, filter as Shape4, strides, pad);
    ours.forEach((values, k) => expectAllClose(values, theirs[k], { relative: 1e-5, absolute: 1e-4 })); // float32 sums
  });

  it('leave dilated convolutions to the kernel they replace', async () => {
    const dilated = () => {
      const rng = createRng(0);
      return tf.tidy(() => {
        const images = tf.tensor4d(numbers(rng, 98), [1, 7, 7, 2]);
        return tf
          .conv2d(images, tf.tensor4d(numbers(rng, 54), [3, 3, 2, 3]), 1, 'valid', 'NHWC', 2)
          .dataSync()
          .slice();
      });
    };
    const ours = dilated();
    await tf.setBackend('cpu');
    expectAllClose(ours, dilated(), { absolute: 1e-5 }); // float32 sums of 18 products
  });

  it('differentiate transposed convolutions too', async () => {
    const gradients = () =>
      tf.tidy(() => {
        const rng = createRng(0);
        const x = tf.tensor4d(numbers(rng, 24), [2, 2, 2, 3]);
        const filter = tf.tensor4d(numbers(rng, 54), [3, 3, 2, 3]);
        const loss = (i: tf.Tensor4D, w: tf.Tensor4D) =>
          tf.sum<tf.Scalar>(tf.square(tf.conv2dTranspose(i, w, [2, 4, 4, 2], 2, 'same')));
        return tf
          .grads(loss as never)([x, filter])
          .map((tensor) => tensor.dataSync().slice());
      });
    const ours = gradients();
    await tf.setBackend('cpu');
    gradients().forEach((values, k) => expectAllClose(ours[k], values, { relative: 1e-5, absolute: 1e-4 }));
  });

  it('give the same bits on any number of threads', async () => {
    const pool = await createWorkerPool({ threads: 2 });
    const run = (host: KernelHost) => {
      const restore = registerWasmKernels({ host });
      const answer = convolveAndDifferentiate([17, 8, 8, 5], [3, 3, 5, 20], 1, 'same');
      restore();
      return answer;
    };
    try {
      expect(run(pool)).toEqual(run(localHost(createPlainKernels())));
    } finally {
      await pool.dispose();
    }
  });

  it('share the data of clones until the last of them is disposed of', () => {
    const before = tf.memory().numDataBuffers;
    const first = tf.tensor1d([1, 2, 3]);
    const second = first.clone();
    expect(tf.memory().numDataBuffers).toBe(before + 1);
    first.dispose();
    expect([...second.dataSync()]).toEqual([1, 2, 3]);
    second.dispose();
    expect(tf.memory().numDataBuffers).toBe(before);
  });

  it('leave no tensor behind', async () => {
    expect(await leakedTensors(tf, () => convolveAndDifferentiate([2, 4, 4, 3], [3, 3, 3, 4], 1, 'same'))).toBe(0);
  });

  it('are registered by chooseEngine, once: what was registered before stays', async () => {
    const restore = registerWasmKernels();
    const own = tf.getKernel('Conv2D', 'wasm').kernelFunc;
    await useEngine('wasm');
    expect(tf.getKernel('Conv2D', 'wasm').kernelFunc).toBe(own);
    restore();
  });

  it('go again, and leave the kernels of TensorFlow.js, however often they were registered', async () => {
    const first = registerWasmKernels();
    const second = registerWasmKernels();
    first(); // replaced already: nothing of it is left to restore
    expect(tf.getKernel(NORMALIZED_SILU, 'wasm')).toBeDefined();
    second();
    expect(tf.getKernel(NORMALIZED_SILU, 'wasm')).toBeUndefined();
    expect(tf.getKernel('Conv2DBackpropFilter', 'wasm')).toBeUndefined();
    expect(() => convolveAndDifferentiate([1, 4, 4, 1], [3, 3, 1, 1], 1, 'same')).toThrow(
      "Kernel 'Conv2DBackpropFilter' not registered for backend 'wasm'",
    );
    await useEngine('wasm');
    expect(tf.getKernel('Conv2DBackpropFilter', 'wasm')).toBeDefined();
  });

  it('refuse unknown options and what is no host', () => {
    expect(() => registerWasmKernels({ pool: 1 } as never)).toThrow('"options" expected only the options "host"');
    expect(() => registerWasmKernels({ host: {} as never })).toThrow('"host" expected a place where kernels run');
  });
});
