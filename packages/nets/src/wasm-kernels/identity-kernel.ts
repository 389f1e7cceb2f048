// Identity for the wasm backend: whatever the tape saves for the way back goes through it. That of TensorFlow.js copies; tensors never
// change, so a second one may share the data of the first, as after a reshape.
import type { DataId, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';

interface Call {
  readonly inputs: { readonly x: TensorInfo };
  readonly backend: { incRef(dataId: DataId): void };
}

/** Makes the kernel. */
export function identityKernel(): Record<string, KernelFunc> {
  return {
    Identity: (call) => {
      const { inputs, backend } = call as unknown as Call;
      const { dataId, shape, dtype } = inputs.x;
      backend.incRef(dataId);
      return { dataId, shape, dtype };
    },
  };
}
