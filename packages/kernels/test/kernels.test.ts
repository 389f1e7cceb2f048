import { describe, expect, it } from 'vitest';
import { compileBinary, compileIfSupported } from '../src/binary.js';
import { binary as plain } from '../src/generated/plain.js';
import { binary as plainThreads } from '../src/generated/plain-threads.js';
import { binary as relaxed } from '../src/generated/relaxed.js';
import { binary as relaxedThreads } from '../src/generated/relaxed-threads.js';
import { createKernels, createPlainKernels, type KernelExports } from '../src/index.js';

/** The number of arguments of every kernel: the compiler refuses a name that `KernelExports` lacks, the test one the binary lacks. */
const arities: Partial<Record<keyof KernelExports, number>> = {
  heapBase: 0,
  exponential: 3,
  logarithm: 3,
  softMinRows: 8,
  softMinColumns: 8,
  softMinPoints: 11,
  sinkhornSweep: 10,
  sinkhornSweepPoints: 13,
  pairExtremesScratch: 3,
  pairExtremes: 9,
  pairwiseCosts32: 8,
  pairwiseCosts64: 8,
  matrixProductScratch: 4,
  matrixProduct32: 10,
  matrixProduct64: 10,
  radixSortScratch: 2,
  radixSort32: 4,
  radixSort64: 4,
};

describe('createKernels', () => {
  it('gives the plain kernels by default', async () => {
    expect((await createKernels()).isRelaxed).toBe(false);
    expect((await createKernels({})).isRelaxed).toBe(false);
    expect(createPlainKernels().isRelaxed).toBe(false);
  });

  it('gives relaxed kernels exactly where they were asked for and the engine knows them', async () => {
    const bytes = Uint8Array.from(atob(relaxed), (character) => character.charCodeAt(0));
    expect((await createKernels({ relaxedSimd: true })).isRelaxed).toBe(WebAssembly.validate(bytes));
  });

  it('joins vectors exactly where it was asked to and V8 can', async () => {
    const { versions, arch } = globalThis.process ?? {};
    const canJoin = versions !== undefined && arch === 'x64' && Number(versions.node.split('.')[0]) >= 24;
    expect((await createKernels({ wideVectors: true })).isWide).toBe(canJoin);
    expect((await createKernels()).isWide).toBe(false);
    expect(createPlainKernels().isWide).toBe(false);
  });

  it('gives every instance a memory and an arena of its own', () => {
    const [first, second] = [createPlainKernels(), createPlainKernels()];
    expect(first.memory).not.toBe(second.memory);
    expect(first.arena.mark()).toBeGreaterThanOrEqual(first.exports.heapBase());
  });

  it('refuses unknown options, and a switch that is neither on nor off', async () => {
    await expect(createKernels({ relaxedSimd: 'yes' as never })).rejects.toThrow(
      '"relaxedSimd" expected a boolean, got "yes"',
    );
    await expect(createKernels({ wideVectors: 1 as never })).rejects.toThrow('"wideVectors" expected a boolean, got 1');
    // @ts-expect-error: a misspelt option
    await expect(createKernels({ relaxed: true })).rejects.toThrow(
      'expected only the options "relaxedSimd", "wideVectors", got "relaxed"',
    );
  });
});

describe('the binaries', () => {
  it('export the kernels that the types promise', () => {
    const { exports } = createPlainKernels();
    const got = Object.keys(arities).map((name) => [name, exports[name as keyof KernelExports]?.length]);
    expect(Object.fromEntries(got)).toEqual(arities);
  });

  it('hold the same functions in every variant that the engine can compile', () => {
    const names = (binary: string) =>
      WebAssembly.Module.exports(compileBinary(binary)).map(({ name, kind }) => `${kind} ${name}`);
    for (const binary of [plainThreads, relaxed, relaxedThreads]) {
      const bytes = Uint8Array.from(atob(binary), (character) => character.charCodeAt(0));
      if (WebAssembly.validate(bytes)) expect(names(binary)).toEqual(names(plain));
    }
  });

  it('say what is missing in an engine without SIMD', () => {
    // A module of version 2: every engine refuses it as these do who meet an instruction that they do not know.
    const unknown = btoa('\0asm\x02\0\0\0');
    expect(() => compileBinary(unknown)).toThrow('The kernels need WebAssembly SIMD, which this engine lacks');
    expect(compileIfSupported(unknown)).toBeUndefined();
  });
});
