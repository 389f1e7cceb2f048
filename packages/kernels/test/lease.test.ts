import { describe, expect, it } from 'vitest';
import { createPlainKernels, leaseKernels, returnKernels, withKernels } from '../src/index.js';

describe('a lease', () => {
  it('is private until it is returned', () => {
    const [first, second] = [leaseKernels(), leaseKernels()];
    expect(first.memory).not.toBe(second.memory);
    returnKernels(first);
    returnKernels(second);
  });

  it('is served from the pool with an empty arena', () => {
    const first = leaseKernels();
    const mark = first.arena.mark();
    first.arena.allocate(1000);
    returnKernels(first);
    const again = leaseKernels();
    expect(again).toBe(first);
    expect(again.arena.mark()).toBe(mark);
    returnKernels(again);
  });

  it('leaves at most two instances idle', () => {
    const leases = [leaseKernels(), leaseKernels(), leaseKernels()];
    leases.forEach(returnKernels);
    const again = [leaseKernels(), leaseKernels(), leaseKernels()];
    expect(again.filter((kernels) => leases.includes(kernels)).length).toBe(2);
    again.forEach(returnKernels);
  });

  it('is dropped on return once its memory has grown beyond 256 MiB', () => {
    const kernels = leaseKernels();
    kernels.arena.allocate(257 * 1024 * 1024);
    returnKernels(kernels);
    const next = leaseKernels();
    expect(next).not.toBe(kernels);
    returnKernels(next);
  });

  it('cannot be returned twice, nor can an instance that was never lent', () => {
    const kernels = leaseKernels();
    returnKernels(kernels);
    expect(() => returnKernels(kernels)).toThrow('"kernels" expected an instance on lease');
    expect(() => returnKernels(createPlainKernels())).toThrow('"kernels" expected an instance on lease');
  });
});

describe('withKernels', () => {
  it('returns what the work returned and takes the lease back', () => {
    const used = withKernels((kernels) => kernels);
    const next = leaseKernels();
    expect(next).toBe(used);
    returnKernels(next);
  });

  it('passes an exception on and drops the instance, which a trap may have left in any state', () => {
    let broken: unknown;
    const use = () =>
      withKernels((kernels) => {
        broken = kernels;
        kernels.exports.exponential(0xfffffff0, 0xfffffff0, 2);
      });
    expect(use).toThrow(WebAssembly.RuntimeError);
    const next = leaseKernels();
    expect(next).not.toBe(broken);
    returnKernels(next);
  });

  it('lends nothing to what is no function', () => {
    expect(() => withKernels(undefined as never)).toThrow('"use" expected a function, got undefined');
  });
});
