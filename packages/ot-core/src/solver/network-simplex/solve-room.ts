import { type KernelExports, leaseKernels, returnKernels } from '@brenier/kernels';

/** The WebAssembly memory that one solve lives in. */
export interface SolveRoom {
  readonly exports: KernelExports;
  readonly memory: WebAssembly.Memory;
  /** Reserves the bytes of the solve, not cleared; called once. */
  take(bytes: number): number;
  /** Ends the use of it; called once. */
  giveBack(): void;
}

/** A room on lease: a memory that nobody else uses. */
export function leaseRoom(): SolveRoom {
  const kernels = leaseKernels();
  const { exports, memory, arena } = kernels;
  return { exports, memory, take: (bytes) => arena.allocate(bytes), giveBack: () => returnKernels(kernels) };
}
