import { describe, expect, it } from 'vitest';
import { createArena } from '../src/index.js';

const createMemory = (maximum?: number) =>
  new WebAssembly.Memory(maximum === undefined ? { initial: 1 } : { initial: 1, maximum });

describe('createArena', () => {
  it('starts at the first multiple of 16 from its base', () => {
    expect(createArena(createMemory(), 1025).mark()).toBe(1040);
    expect(createArena(createMemory(), 1024).mark()).toBe(1024);
  });

  it('hands out disjoint ranges at multiples of 16', () => {
    const arena = createArena(createMemory(), 0);
    expect([1, 16, 17, 0, 8].map((bytes) => arena.allocate(bytes))).toEqual([0, 16, 32, 64, 64]);
  });

  it('reuses what a released mark gives back', () => {
    const arena = createArena(createMemory(), 64);
    arena.allocate(100);
    const mark = arena.mark();
    const first = arena.allocate(8);
    arena.release(mark);
    expect(arena.allocate(8)).toBe(first);
  });

  it('grows the memory, keeps its content and gives views of the new buffer', () => {
    const memory = createMemory();
    const arena = createArena(memory, 0);
    const offset = arena.allocate(16);
    arena.float64(offset, 2).set([1.5, -2.5]);
    const old = arena.float64(offset, 2);
    const big = arena.allocate(10 * 65_536);
    expect(old.length).toBe(0);
    expect(arena.float64(offset, 2)).toEqual(Float64Array.of(1.5, -2.5));
    expect(arena.uint32(big, 163_840).length).toBe(163_840);
  });

  it('grows by no more than is needed where more is refused', () => {
    const arena = createArena(createMemory(2), 0);
    expect(arena.allocate(2 * 65_536)).toBe(0);
  });

  it('throws a RangeError when the memory cannot grow, and stays usable', () => {
    const arena = createArena(createMemory(2), 0);
    expect(() => arena.allocate(3 * 65_536)).toThrow(
      new RangeError('The WebAssembly memory of the kernels has 65536 bytes and could not grow to 196608'),
    );
    expect(arena.allocate(8)).toBe(0);
  });

  it('views the same bytes as any of its types', () => {
    const arena = createArena(createMemory(), 0);
    const offset = arena.allocate(8);
    arena.float32(offset, 2).set([1, -1]);
    expect(arena.int32(offset, 2)).toEqual(Int32Array.of(0x3f800000, 0xbf800000 | 0));
    expect(arena.uint32(offset, 2)).toEqual(Uint32Array.of(0x3f800000, 0xbf800000));
  });

  it('refuses a mark above the top, sizes that are no whole numbers, and a negative base', () => {
    const arena = createArena(createMemory(), 16);
    expect(() => arena.release(17)).toThrow('"mark" expected a whole number in [16, 16], got 17');
    expect(() => arena.release(0)).toThrow(RangeError);
    expect(() => arena.allocate(-1)).toThrow('"bytes" expected a whole number >= 0, got -1');
    expect(() => arena.allocate(NaN)).toThrow(RangeError);
    expect(() => createArena(createMemory(), -1)).toThrow('"base"');
  });

  it('refuses what is no memory', () => {
    for (const memory of [undefined, null, {}, new ArrayBuffer(8)]) {
      expect(() => createArena(memory as never, 0)).toThrow('"memory" expected a WebAssembly.Memory');
    }
  });
});
